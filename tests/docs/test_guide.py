"""The language guide says what the program does: its pages are those made now."""

from guide import build

_GUIDE = build.HERE


def test_the_pages_are_those_the_program_makes(recording: bool) -> None:
    if recording:
        build.main()
    made = build.pages()
    written = {
        path.relative_to(_GUIDE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(_GUIDE.rglob("*"))
        if path.suffix in (".md", ".svg")
    }
    assert written.keys() == made.keys(), "run: python docs/guide/build.py"
    assert [name for name, text in made.items() if written[name] != text] == [], "run: python docs/guide/build.py"
