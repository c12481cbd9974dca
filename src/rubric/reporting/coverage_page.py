"""Coverage painted onto the official table: a page for a browser.

Takes coverage and the rubric's text; gives one HTML page that needs nothing else. What cases reach is green, what none reaches is
red, a sentence of which only some is reached is yellow; which cases reach it stands beside it. Never a sentence of the
rubric changed, and every text escaped.
"""

from collections.abc import Iterator, Sequence
from html import escape

from rubric.core import program as core
from rubric.regression.aims import Aim, AimKind
from rubric.regression.coverage import Coverage, share_text
from rubric.regression.lacking import Gap
from rubric.regression.writing import written_case
from rubric.reporting.lacking import aim_text
from rubric.source import SourceText

_STYLE = """
body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; margin: 2em; color: #222; line-height: 1.6; }
h1 { font-size: 1.4em; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #999; padding: .4em .6em; vertical-align: top; text-align: left; }
th { background: #eee; white-space: nowrap; } td.points { text-align: right; white-space: nowrap; }
.summary { width: auto; } .summary td { text-align: right; } .summary td:first-child { text-align: left; }
.all { background: #d8f0d8; } .some { background: #fff0b8; } .none { background: #f8cfcf; }
p.line { margin: .15em 0; padding: .1em .3em; }
ul { margin: .2em 0 .4em 1.2em; padding: 0; font-size: .88em; color: #444; }
pre { background: #f5f5f5; padding: .6em; overflow: auto; font-size: .88em; } .mark { font-weight: bold; }
"""
_MARKS = {"all": "已到", "some": "到了一部分", "none": "没有到"}
_MOST_NAMED = 3


def coverage_page(source: SourceText, coverage: Coverage, gaps: Sequence[Gap], label: str = "") -> str:
    """`label` says what is not real about the facts of the cases."""
    program = coverage.program
    title = f"用例覆盖：{program.title}"
    reached, of = coverage.counts()
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(_subtitle(program, label))}</p>",
        f"<p>到过 {reached} 处，共 {of} 处，{share_text(reached, of)}。"
        "绿：有用例到过；黄：这一句只到过一部分；红：没有用例到过。</p>",
        *_summary(coverage),
        "<h2>评分表</h2>",
        "<table><thead><tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>分值</th><th>评分标准</th></tr></thead><tbody>",
        *(line for indicator in program.indicators for line in _row(source, coverage, indicator)),
        "</tbody></table>",
        "<h2>计分办法</h2>",
        *_aims(coverage, [aim for aim in coverage.by if not aim.indicator]),
        *_gaps(coverage, gaps),
    ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


def _subtitle(program: core.Program, label: str) -> str:
    year = f"{program.fiscal_year} 年度" if program.fiscal_year is not None else ""
    parts = [year, program.status, f"部分用例的数据为{label}" if label else ""]
    return "；".join(part for part in parts if part)


def _summary(coverage: Coverage) -> Iterator[str]:
    yield '<table class="summary"><tr><th>种类</th><th>到过</th><th>共</th><th>比例</th></tr>'
    for kind in AimKind:
        reached, of = coverage.counts(kind)
        if of:
            shade = "all" if reached == of else "some" if reached else "none"
            share = share_text(reached, of)
            yield f'<tr class="{shade}"><td>{kind}</td><td>{reached}</td><td>{of}</td><td>{share}</td></tr>'
    yield "</table>"


def _row(source: SourceText, coverage: Coverage, indicator: core.Indicator) -> Iterator[str]:
    first, second = indicator.path
    yield f"<tr><td>{escape(first)}</td><td>{escape(second)}</td><td>{escape(indicator.name)}</td>"
    points = indicator.points
    shown = str(points.numerator) if points.denominator == 1 else f"{points.numerator}/{points.denominator}"
    yield f'<td class="points">{shown}</td><td>'
    own = [aim for aim in coverage.by if aim.indicator == indicator.id]
    placed: set[Aim] = set()
    for sentence in coverage.program.sentences:
        if sentence.indicator != indicator.name:
            continue
        here = [
            aim
            for aim in own
            if aim not in placed and aim.span.start < sentence.span.end and sentence.span.start < aim.span.end
        ]
        placed |= set(here)
        yield _painted(coverage, " ".join(sentence.text.split()), here)
        yield from _aims(coverage, here)
    rest = [aim for aim in own if aim not in placed]
    if rest:
        yield _painted(coverage, "口径和编写人所加的各行", rest)
        yield from _aims(coverage, rest)
    yield "</td></tr>"


def _painted(coverage: Coverage, text: str, aims: Sequence[Aim]) -> str:
    shade = _shade(coverage, aims)
    mark = f' <span class="mark">［{_MARKS[shade]}］</span>' if shade else ""
    return f'<p class="line {shade}">{escape(text)}{mark}</p>'


def _shade(coverage: Coverage, aims: Sequence[Aim]) -> str:
    """The class of a line; none where nothing is to be reached in it."""
    counted = [bool(coverage.by[aim]) for aim in aims if aim not in coverage.impossible]
    if not counted:
        return ""
    return "all" if all(counted) else "some" if any(counted) else "none"


def _aims(coverage: Coverage, aims: Sequence[Aim]) -> Iterator[str]:
    if not aims:
        return
    yield "<ul>"
    for aim in aims:
        names = coverage.by[aim]
        if aim in coverage.impossible:
            shade, told = "", coverage.impossible[aim]
        elif names:
            more = f"等 {len(names)} 个用例" if len(names) > _MOST_NAMED else ""
            shade, told = "all", "、".join(f"「{name}」" for name in names[:_MOST_NAMED]) + more
        else:
            shade, told = "none", "没有用例到过"
        words = f"第{aim.path}点" if aim.kind is AimKind.CLAUSE and aim.path else aim.words
        yield f'<li class="{shade}">{escape(str(aim.kind))}：{escape(words)}——{escape(told)}</li>'
    yield "</ul>"


def _gaps(coverage: Coverage, gaps: Sequence[Gap]) -> Iterator[str]:
    if not gaps:
        return
    yield f"<h2>没有到过的 {len(gaps)} 处</h2>"
    for gap in gaps:
        yield f"<p>{escape(aim_text(coverage.program, gap.aim))}</p>"
        if gap.case is not None:
            text = "\n".join(written_case(coverage.program, gap.case))
            yield f"<p>可以补上这个用例：</p><pre>{escape(text)}</pre>"
