"""The pytest plugin: the cases beside a rubric are tests.

Takes what pytest collects; gives a test for each case in `cases/*.yaml` beside a rubric, and where the ini option
`rubric_promises` is true (or `--rubric-promises` is given) tests of the standing promises for each rubric collected. Never touches
another file, and never imports more than pytest until one of these is collected: hypothesis only with the promises.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from rubric.api import Rubric
    from rubric.regression.case import Case
    from rubric.testing.bettering import Directed

_PROMISES = "rubric_promises"
_EXAMPLES = 50


def pytest_addoption(parser: pytest.Parser) -> None:
    words = "test the standing promises of every rubric collected (scores within bounds, no crash) with hypothesis"
    parser.getgroup("rubric").addoption("--rubric-promises", action="store_true", default=False, help=words)
    parser.addini(_PROMISES, words, type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A YAML file in a folder `cases` beside a rubric; a rubric where promises are asked for."""
    if file_path.suffix in (".yaml", ".yml") and file_path.parent.name == "cases":
        if any(file_path.parent.parent.glob("*.rubric")):
            return CaseFileCollector.from_parent(parent, path=file_path)  # pyright: ignore[reportUnknownMemberType]
    elif file_path.suffix == ".rubric" and _asks_for_promises(parent.config):
        return PromisesCollector.from_parent(parent, path=file_path)  # pyright: ignore[reportUnknownMemberType]
    return None


def _asks_for_promises(config: pytest.Config) -> bool:
    return bool(config.getoption("--rubric-promises")) or bool(config.getini(_PROMISES))


class CaseFailed(Exception):
    """A case that differs, with the text to be shown."""


class CaseFileCollector(pytest.File):
    """The cases of one file, for the one rubric it belongs to."""

    def collect(self) -> Iterable[pytest.Item]:
        from rubric.api import load
        from rubric.casebook import read_case_files, rubrics_beside
        from rubric.diagnostics.model import errors_of
        from rubric.diagnostics.render import render_all

        for path in rubrics_beside(self.path):
            rubric = load(path)
            read = read_case_files(rubric.program, path.stem, [self.path])
            broken = errors_of((*read.diagnostics, *(f for _, file in read.value.files for f in file.findings)))
            if broken:
                raise self.CollectError(render_all(broken))
            for _, file in read.value.files:
                for case in file.cases:
                    yield CaseItem.from_parent(self, name=case.name, rubric=rubric, case=case)  # pyright: ignore[reportUnknownMemberType]


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, rubric: "Rubric", case: "Case", **rest: Any) -> None:
        super().__init__(**rest)  # pyright: ignore[reportUnknownMemberType]
        self.rubric, self.case = rubric, case

    def runtest(self) -> None:
        from rubric.diagnostics.render import render_all
        from rubric.regression.running import Verdict, run_case
        from rubric.reporting.cases import difference_lines

        result = run_case(self.rubric.program, self.case, self.rubric.source)
        if result.verdict is Verdict.REFUSED:
            raise CaseFailed(render_all(self.case.findings))
        if result.verdict is not Verdict.PASSED:
            lines = difference_lines(self.rubric.program, self.rubric.source, result, 100)
            raise CaseFailed("\n".join(line.strip() for line in lines))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> Any:
        if isinstance(excinfo.value, CaseFailed):
            label = f"（{self.case.label}）" if self.case.label else ""
            return f"用例不符：{self.case.name}{label}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"用例：{self.case.name}"


class PromisesCollector(pytest.File):
    """The standing promises for one rubric, as tests with hypothesis."""

    def collect(self) -> Iterable[pytest.Item]:
        for name, test in _promises(self.path):
            yield PromiseItem.from_parent(self, name=name, test=test)  # pyright: ignore[reportUnknownMemberType]


class PromiseItem(pytest.Item):
    def __init__(self, *, test: Any, **rest: Any) -> None:
        super().__init__(**rest)  # pyright: ignore[reportUnknownMemberType]
        self.test = test

    def runtest(self) -> None:
        self.test()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> Any:
        """The shrunk failure in its own words; the way there is of no use to who writes the rubric."""
        if isinstance(excinfo.value, AssertionError):
            return f"性质不成立：{self.name}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


def _promises(path: Path) -> Iterator[tuple[str, Any]]:
    from hypothesis import HealthCheck, given, settings, strategies

    from rubric import testing
    from rubric.api import load
    from rubric.testing import bettering, promises

    rubric = load(path)
    if not rubric.program.indicators:
        return
    quiet = settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
    records = testing.records(rubric)

    def bounds(record: Any) -> None:
        promises.holds_its_bounds(rubric, record)

    def twice(record: Any) -> None:
        promises.is_the_same_twice(rubric, record)

    def widens(record: Any, number: int) -> None:
        promises.forgetting_a_fact_widens(rubric, record, number)

    yield "得分不超出范围", quiet(given(records)(bounds))
    yield "同样的数据得分相同", quiet(given(records)(twice))
    yield "缺少一项数据时的区间含填了以后的得分", quiet(given(records, strategies.integers(0, 1000))(widens))
    for one in bettering.directed(rubric.program):
        yield one.name, quiet(given(bettering.bettered(rubric, one))(_scores_no_less(rubric, one)))


def _scores_no_less(rubric: "Rubric", one: "Directed") -> Callable[[Any], None]:
    from rubric.testing import bettering

    def better(pair: Any) -> None:
        bettering.scores_no_less(rubric, one, pair)

    return better
