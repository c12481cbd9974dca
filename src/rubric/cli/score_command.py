"""`rubric score RUBRIC FACTS…`.

Takes a rubric and a facts file, several, or a folder of them; prints the table, or the tree of one indicator. Never computes a score.

Facts that are refused do not stop the scoring: they count as missing, the table is printed as far as it goes, the
findings go to standard error in full, and the exit code is 2.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import click

from rubric.api import Rubric, ScoredResult
from rubric.cli import errors
from rubric.cli.opening import opened, terminal_width
from rubric.cli.output import DONE, FAILED_ON, REFUSED, Refused, write, write_findings, write_json
from rubric.cli.words import Command, format_option, some_of, width_option
from rubric.diagnostics.model import Severity, errors_of
from rubric.evaluator.outcome import Status
from rubric.files import facts_in
from rubric.selection import select_indicator, select_readings

_VERDICTS = ("偏高", "偏低", "不可能", "无法核验", "另一口径下一致")
_FAIL_ON = {
    **{verdict: verdict for verdict in _VERDICTS},
    "error": "error",
    "错误": "error",
    "warning": "warning",
    "警告": "warning",
    "pending": "pending",
    "待定": "pending",
}

_HELP = """
按评分表给一份数据计分，并核验其中的自评得分。

评分表写年度版本（如 2022）或文件名；数据文件可用 rubric facts 取得空白的一份。缺少的数据不按 0 分计：
有关指标待定，总分是一个区间。给出几份数据或一个文件夹的，各单位一起计分，名次、最高值等由各单位的数据得出。
有误的数据按缺少计，照样列出其余指标，退出码为 2。
"""
_EPILOG = """\
示例：
  rubric score 2022 数据.yaml
  rubric score 2022 数据.yaml --explain 16
  rubric score 评分表.rubric 甲.yaml 乙.yaml 丙.yaml
  rubric score 评分表.rubric 各单位数据
  rubric score 2022 数据.yaml --reading 每个季度的执行率=支出进度
  rubric score 2022 数据.yaml --format json
  rubric score 2022 数据.yaml --fail-on 偏高,不可能

--fail-on 可写：偏高、偏低、不可能、无法核验、另一口径下一致、error（错误）、warning（警告及错误）、pending（待定）"""


def _score(
    rubric: str,
    facts: tuple[str, ...],
    explain: str | None,
    reading: tuple[str, ...],
    format: str,
    fail_on: tuple[str, ...],
    width: int | None,
) -> int:
    as_json = format == "json"
    if _is_facts(rubric) and not any(map(_is_facts, facts)):
        raise Refused([errors.swapped(rubric, next(iter(facts)))], as_json=as_json)
    facts = tuple(name for given in facts for name in facts_in(given))
    table = opened(rubric, as_json=as_json)
    readings = select_readings(table.program, dict(_split(text, as_json) for text in reading))
    if readings.diagnostics:
        raise Refused(readings.diagnostics, as_json=as_json)
    if explain is not None:
        indicator = select_indicator(table.program, explain)
        if indicator.value is None:
            raise Refused(indicator.diagnostics, as_json=as_json)
        explain = indicator.value.name

    if len(facts) > 1:
        return _score_group(table, facts, readings.value, explain, as_json, fail_on, width)
    only = next(iter(facts))
    record = table.read_facts(only, readings.value)
    if record.value is None:
        raise Refused(record.diagnostics, as_json=as_json)
    result = table.score_record(record.value, readings.value, record.diagnostics)

    if as_json:
        write_json(_document(result, explain))
    elif explain is not None:
        write(result.explain_fully(explain))
    else:
        write(result.to_text(terminal_width(width), errors_elsewhere=True))
    refused = errors_of((*table.diagnostics, *record.diagnostics))
    if refused and not as_json:
        # The tree draws those of its indicator itself.
        write_findings(d for d in refused if explain is None or d.indicator != explain)
    return REFUSED if refused else FAILED_ON if _fails(result, fail_on) else DONE


def _score_group(
    table: Rubric,
    facts: tuple[str, ...],
    readings: Mapping[str, int],
    explain: str | None,
    as_json: bool,
    fail_on: tuple[str, ...],
    width: int | None,
) -> int:
    """Several units in one run: what is compared among them follows from all their facts."""
    from rubric.reporting.group import group_text

    read = [table.read_facts(name, readings) for name in facts]
    unread = [d for one in read if one.value is None for d in one.diagnostics]
    if unread:
        raise Refused(unread, as_json=as_json)
    results = table.score_records([(one.value, one.diagnostics) for one in read if one.value is not None], readings)
    names = [r.outcome.record.unit_name or Path(name).stem for r, name in zip(results, facts, strict=True)]
    if as_json:
        units = [{"unit": name, **_document(result, explain)} for name, result in zip(names, results, strict=True)]
        write_json({"schema_version": "1", "units": units})
    elif explain is not None:
        write("\n\n".join(f"【{name}】\n{r.explain_fully(explain)}" for name, r in zip(names, results, strict=True)))
    else:
        write(group_text([result.scored for result in results], names, terminal_width(width)))
    refused = errors_of((*table.diagnostics, *(d for one in read for d in one.diagnostics)))
    return REFUSED if refused else FAILED_ON if any(_fails(result, fail_on) for result in results) else DONE


def _is_facts(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


def _document(result: ScoredResult, explain: str | None) -> dict[str, object]:
    """The whole document, or with --explain the same with that indicator only."""
    document = result.to_dict()
    if explain is None:
        return document
    named = zip(result.indicators, cast("list[object]", document["indicators"]), strict=True)
    document["indicators"] = [item for outcome, item in named if outcome.indicator.name == explain]
    return document


def _fails(result: ScoredResult, fail_on: tuple[str, ...]) -> bool:
    found: set[str] = {verdict.verdict for verdict in result.scored.verdicts}
    severities = {diagnostic.severity for diagnostic in result.diagnostics}
    if Severity.ERROR in severities:
        found |= {"error", "warning"}
    if Severity.WARNING in severities:
        found.add("warning")
    if any(outcome.status is Status.PENDING for outcome in result.indicators):
        found.add("pending")
    return not found.isdisjoint(fail_on)


def _split(text: str, as_json: bool) -> tuple[str, str]:
    name, equals, alternative = text.replace("＝", "=").partition("=")
    if not (equals and name.strip() and alternative.strip()):
        raise Refused([errors.not_a_reading(text)], as_json=as_json)
    return name.strip(), alternative.strip()


command = Command(
    "score",
    callback=_score,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        click.Argument(["facts"], metavar="数据文件…", nargs=-1, required=True),
        click.Option(["--explain"], metavar="指标", help="只看一个指标的全部依据；写名称、编号或名称的一部分"),
        click.Option(
            ["--reading"],
            metavar="名称=取法",
            multiple=True,
            help="本次改用一条口径的另一种取法；可写多次，名称和取法可只写一部分",
        ),
        format_option(),
        click.Option(
            ["--fail-on"],
            metavar="情形,…",
            callback=some_of(_FAIL_ON),
            default="",
            help="出现所列情形之一的，退出码为 1",
        ),
        width_option(),
    ],
)
