"""A page that needs no other file.

Takes a title and the parts of a body; gives HTML with its style inside. Never a script, never a link to elsewhere.
"""

from collections.abc import Iterable, Sequence

from rubric.reporting.curve_axes import escaped

_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"
_RIGHT = ' class="number"'
_STYLE = f"""
:root {{ --ink:#1f2328; --soft:#59636e; --line:#d8dee4; --ground:#f6f8fa; --accent:#0b4f8a; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; color: var(--ink); background: #fff; font: 15px/1.7 {_FONT}; }}
main {{ max-width: 960px; margin: 0 auto; padding: 28px 24px 64px; }}
h1 {{ font-size: 24px; line-height: 1.4; margin: 0 0 8px; }}
h2 {{ font-size: 18px; margin: 36px 0 12px; padding-bottom: 6px; border-bottom: 2px solid var(--line); }}
h3 {{ font-size: 16px; margin: 0 0 8px; }}
p {{ margin: 6px 0; }}
.soft {{ color: var(--soft); }}
.banner {{ background: #fff8e1; border-left: 4px solid #b7791f; padding: 8px 14px; margin: 14px 0; }}
.alarm {{ background: #fdecea; border-left: 4px solid #b42318; padding: 8px 14px; margin: 10px 0; }}
.tiles {{ display: flex; flex-wrap: wrap; gap: 10px; margin: 16px 0; }}
.tile {{ background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 8px 16px; }}
.tile b {{ display: block; font-size: 22px; line-height: 1.3; }}
table {{ border-collapse: collapse; width: 100%; margin: 8px 0; }}
th, td {{ text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid var(--line); }}
th {{ background: var(--ground); font-weight: 600; white-space: nowrap; }}
td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
.card {{ border: 1px solid var(--line); border-radius: 8px; padding: 14px 18px; margin: 14px 0; }}
.tag {{ display: inline-block; border-radius: 4px; padding: 0 8px; margin-right: 8px; font-size: 13px; background: var(--ground); border: 1px solid var(--line); }}
.equal {{ background: #e6f4ea; border-color: #9bc9a8; }}
.stricter {{ background: #fdecea; border-color: #e5a59e; }}
.looser {{ background: #e7f0fb; border-color: #9dbfe6; }}
.mixed {{ background: #fff4de; border-color: #dfc083; }}
.words {{ background: var(--ground); padding: 8px 12px; border-radius: 6px; }}
del {{ background: #fbd5d1; text-decoration: line-through; }}
ins {{ background: #cdeed5; text-decoration: none; }}
a {{ color: var(--accent); }}
svg {{ max-width: 100%; height: auto; }}
figure {{ margin: 10px 0; }}
figcaption {{ color: var(--soft); font-size: 13px; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 8px 0; }}
dt {{ color: var(--soft); white-space: nowrap; }}
dd {{ margin: 0; }}
@media print {{ .card {{ break-inside: avoid; }} main {{ max-width: none; padding: 0; }} }}
"""


def page(title: str, body: Iterable[str]) -> str:
    """The whole page; `body` is HTML already."""
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
            *body,
            "</main>\n</body>\n</html>\n",
        )
    )


def paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escaped(text)}</p>' if kind else f"<p>{escaped(text)}</p>"


def tiles(counts: Sequence[tuple[str, str]]) -> str:
    """(number, words) side by side."""
    inner = "".join(f'<div class="tile"><b>{escaped(n)}</b>{escaped(words)}</div>' for n, words in counts)
    return f'<div class="tiles">{inner}</div>'


def rows(head: Sequence[str], body: Iterable[Sequence[str]], numbers: frozenset[int] = frozenset()) -> str:
    """A table of cells that are HTML already; the columns in `numbers` stand to the right."""

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(f"<{tag}{_RIGHT if place in numbers else ''}>{cell}</{tag}>" for place, cell in enumerate(row))

    lines = "\n".join(f"<tr>{cells('td', row)}</tr>" for row in body)
    return f"<table>\n<thead><tr>{cells('th', head)}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>"
