"""`rubric draw` writes pictures that are well-formed, names what has no curve, and writes over nothing unasked."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from edition_2022 import CASE, RUBRIC
from rubric.cli.entry import main

SPACE = "{http://www.w3.org/2000/svg}"


def _texts(path: Path) -> list[str]:
    return [element.text or "" for element in ElementTree.parse(path).iter(f"{SPACE}text")]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("曲线")
    assert main(["draw", str(RUBRIC), "-o", str(folder), "--facts", str(CASE)]) == 0
    return folder


def test_each_indicator_with_a_curve_has_its_picture(drawn: Path) -> None:
    names = sorted(path.stem for path in drawn.iterdir())
    assert [name[:2] for name in names] == [
        "02",
        "03",
        "05",
        "06",
        "11",
        "12",
        "13",
        "15",
        "16",
        "17",
        "18",
        "20",
        "21",
    ]
    for path in drawn.iterdir():
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{SPACE}svg"
        assert "NaN" not in path.read_text("utf-8")


def test_the_department_stands_where_its_facts_put_it(drawn: Path) -> None:
    texts = _texts(drawn / "21 公众或服务对象满意度.svg")
    assert "92.85%，4 分" in texts
    assert "95%：相差 2 分" in texts
    assert any("中共深圳市罗湖区委组织部" in text for text in texts)


def test_a_rate_of_two_numbers_says_which(drawn: Path) -> None:
    texts = "".join(_texts(drawn / "11 固定资产利用率.svg"))
    assert "由「实际在用固定资产总额」、「所有固定资产总额」算出" in texts


def test_an_open_end_is_a_ring_and_a_closed_one_a_dot(tmp_path: Path) -> None:
    path = tmp_path / "满意度.svg"
    assert main(["draw", str(RUBRIC), "--indicator", "满意度", "-o", str(path)]) == 0
    fills = [element.get("fill") for element in ElementTree.parse(path).iter(f"{SPACE}circle")]
    assert (fills.count("#ffffff"), len(fills)) == (3, 6)


def test_what_has_no_curve_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", str(RUBRIC), "-o", str(tmp_path / "曲线")]) == 0
    told = capsys.readouterr().out
    assert "08 项目实施程序：由人评判" in told
    assert "07 预决算信息公开：按情况认定" in told


def test_no_file_is_written_over_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "满意度.svg"
    path.write_text("自己的图", encoding="utf-8")
    arguments = ["draw", str(RUBRIC), "--indicator", "满意度", "-o", str(path)]
    assert main(arguments) == 2
    assert path.read_text("utf-8") == "自己的图"
    assert "--force" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == 0
    assert "<svg" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--indicator", "08", "-o", "图.svg"], "R0740"),
        (["-o", "图.svg"], "R0741"),
        (["--indicator", "没有这个", "-o", "图.svg"], "R1216"),
        (["--facts", "没有.yaml", "-o", "图"], "R1220"),
        ([], "R1212"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    arguments: list[str],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["draw", str(RUBRIC), *arguments]) == 2
    assert f"[{code}]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
