"""Embedding: load a rubric, score facts, read the result.

Takes names, paths, texts and mappings; gives `Rubric` and `ScoredResult`. Never prints, never imports the command line.

What keeps a whole file from being used raises `RubricError`. What concerns one indicator or one fact does not: that
part is 待定, and the finding stands in `diagnostics`.

    >>> import rubric
    >>> table = rubric.load("2022")
    >>> table.program.fiscal_year
    2022
    >>> result = table.score({})
    >>> result.total is None
    True
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from rubric.core.program import Program
from rubric.core.record import Record
from rubric.diagnostics.model import Checked, Diagnostic, errors_of
from rubric.evaluator.outcome import IndicatorOutcome, Missing, Outcome
from rubric.source import SourceText

if TYPE_CHECKING:
    from rubric.analysis.study import Study
    from rubric.improving.ambiguities import Readings
    from rubric.improving.improve import Improvement
    from rubric.proving.prove import Proof
    from rubric.reporting.comparison import Comparison, ImpactReport
    from rubric.reporting.scored import Scored

_GENERATED = "生成数据"
FactsLike = str | Path | Mapping[str, object] | Record


class RubricError(Exception):
    """Something that cannot be used at all; `diagnostics` says why, and the message is those findings in words.

    >>> import rubric
    >>> try:
    ...     rubric.load("没有这份")
    ... except rubric.RubricError as error:
    ...     print(error.diagnostics[0].code)
    R0821
    """

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        from rubric.diagnostics.render import render_all

        self.diagnostics = tuple(diagnostics)
        super().__init__(render_all(self.diagnostics))


@attrs.frozen
class ScoredResult:
    """The result of one scoring: the outcome, the verdicts on the claimed scores, all findings.

    Scores are exact fractions, already rounded as the rubric says; `total` is None while something is missing.
    """

    scored: "Scored"

    @property
    def outcome(self) -> Outcome:
        return self.scored.outcome

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, also those of the rubric's own text."""
        return self.scored.diagnostics

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings because of which a part of the rubric or of the facts is not used."""
        return errors_of(self.scored.diagnostics)

    @property
    def total(self) -> Fraction | None:
        return self.outcome.total

    @property
    def total_range(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest total that the missing facts leave open."""
        return self.outcome.total_low, self.outcome.total_high

    @property
    def points(self) -> Fraction:
        return self.outcome.points

    @property
    def grade(self) -> str | None:
        return self.outcome.grade

    @property
    def indicators(self) -> tuple[IndicatorOutcome, ...]:
        return self.outcome.indicators

    @property
    def missing(self) -> tuple[Missing, ...]:
        return self.outcome.missing

    def indicator(self, name: str) -> IndicatorOutcome:
        """One indicator by its name, its number or a unique part of its name."""
        from rubric.selection import select_indicator

        selected = select_indicator(self.outcome.program, name)
        if selected.value is None:
            raise RubricError(selected.diagnostics)
        wanted = selected.value.id
        return next(outcome for outcome in self.outcome.indicators if outcome.indicator.id == wanted)

    def explain(self, name: str) -> str:
        """Why one indicator has its score, in one line."""
        from rubric.reporting.explain import explain_indicator

        return explain_indicator(self.indicator(name), self.scored.source, self.outcome.program.scoring.places)

    def explain_fully(self, name: str) -> str:
        """The same as a tree of several lines: facts, sources, formulas, readings, and the findings in full."""
        from rubric.diagnostics.render import render_all
        from rubric.reporting.identity import identity_line
        from rubric.reporting.scored import in_order, verdicts_by_name
        from rubric.reporting.tree import explanation_tree

        chosen = self.indicator(name)
        verdict = verdicts_by_name(self.scored).get(chosen.indicator.name)
        tree = explanation_tree(self.outcome, chosen, self.scored.source, verdict)
        findings = in_order(tuple(d for d in self.diagnostics if d.indicator == chosen.indicator.name))
        identity = identity_line(self.outcome.program, self.outcome.record.sha256)
        return "\n\n".join((tree, *([render_all(findings)] if findings else []), identity))

    def to_text(self, width: int = 100, *, errors_elsewhere: bool = False) -> str:
        """The table that `rubric score` prints; with `errors_elsewhere` it only counts the errors."""
        from rubric.reporting.score import score_text

        return score_text(self.scored, width, errors_elsewhere=errors_elsewhere)

    def to_dict(self) -> dict[str, object]:
        """JSON values by the schema `outcome-1.json`."""
        from rubric.reporting.document import outcome_document

        return outcome_document(self.scored)

    def to_json(self, indent: int | None = 2) -> str:
        """The document as text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


@attrs.frozen(slots=False)
class Rubric:
    """A compiled rubric. `diagnostics` are the findings of its text; `origin` says where it was found.

    `proofs` are those of a check (`checked`); None where none was asked for. `opened` is the program as it came from a file.
    """

    program: Program
    source: SourceText
    diagnostics: tuple[Diagnostic, ...] = ()
    path: Path | None = None
    origin: str = ""
    proofs: "tuple[Proof, ...] | None" = None
    opened: Program | None = attrs.field(default=None, eq=False, repr=False)

    @cached_property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings because of which a part of the text is not used."""
        return errors_of(self.diagnostics)

    def score(self, facts: FactsLike, readings: Mapping[str, str] | None = None) -> ScoredResult:
        """Score one department.

        `facts` is the path of a facts file, a mapping of the same form, or a record. `readings` takes another
        alternative of a 口径 for this run, each by name or a unique part of it. Facts that are refused count as
        missing, with a finding; a file that cannot be read and an unknown reading raise `RubricError`.
        """
        from rubric.selection import select_readings

        selected = select_readings(self.program, readings or {})
        if selected.diagnostics:
            raise RubricError(selected.diagnostics)
        record = self.read_facts(facts, selected.value)
        if record.value is None:
            raise RubricError(record.diagnostics)
        return self.score_record(record.value, selected.value, record.diagnostics)

    def read_facts(self, facts: FactsLike, readings: Mapping[str, int] | None = None) -> Checked[Record | None]:
        """The record of `facts`, with what was refused; None where there is no such file, or no text in it.

        `readings` maps the name of a 口径 to the position of an alternative.
        """
        from rubric.facts.reading import read_facts, record_from_mapping
        from rubric.files import read_source

        names = self._alternatives(readings or {})
        match facts:
            case Record():
                return Checked(facts)
            case str() | Path():
                source = read_source(Path(facts), str(facts))
                if source.value is None:
                    return Checked(None, source.diagnostics)
                read = read_facts(source.value, self.program, names)
                return Checked(read.value, (*source.diagnostics, *read.diagnostics))
            case _:
                made = record_from_mapping(facts, self.program, names)
                return Checked(made.value, made.diagnostics)

    def score_record(
        self, record: Record, readings: Mapping[str, int] | None = None, findings: tuple[Diagnostic, ...] = ()
    ) -> ScoredResult:
        """Score a record; `findings` are those met when it was read."""
        from rubric.audit.verdicts import audit, cross_check
        from rubric.evaluator.evaluate import evaluate
        from rubric.reporting.scored import Scored

        outcome = evaluate(self.program, record, readings, source=self.source)
        verdicts = audit(outcome, readings, self.source) if record.claimed else ()
        audited = tuple(diagnostic for verdict in verdicts for diagnostic in verdict.diagnostics)
        every = (*self.diagnostics, *findings, *outcome.diagnostics, *audited, *cross_check(outcome))
        overridden = tuple(self._alternatives(readings or {}).items())
        return ScoredResult(Scored(outcome, self.source, verdicts, every, self.origin, overridden))

    def score_group(
        self, facts: Sequence[FactsLike], readings: Mapping[str, str] | None = None
    ) -> tuple[ScoredResult, ...]:
        """Score several units together: places and values over all units follow from the facts of all of them."""
        from rubric.selection import select_readings

        selected = select_readings(self.program, readings or {})
        if selected.diagnostics:
            raise RubricError(selected.diagnostics)
        read = [self.read_facts(one, selected.value) for one in facts]
        refused = tuple(d for one in read if one.value is None for d in one.diagnostics)
        if refused:
            raise RubricError(refused)
        return self.score_records(
            [(one.value, one.diagnostics) for one in read if one.value is not None], selected.value
        )

    def score_records(
        self, records: Sequence[tuple[Record, tuple[Diagnostic, ...]]], readings: Mapping[str, int] | None = None
    ) -> tuple[ScoredResult, ...]:
        """The same for records, each with the findings met when it was read."""
        from rubric.evaluator.group import with_values_over_units

        filled = with_values_over_units(self.program, [record for record, _ in records])
        return tuple(
            self.score_record(record, readings, findings) for record, (_, findings) in zip(filled, records, strict=True)
        )

    def _alternatives(self, readings: Mapping[str, int]) -> dict[str, str]:
        return {name: self.program.choice(name).alternatives[index].name for name, index in readings.items()}

    def checked(self, *, prove: bool = True) -> "Rubric":
        """The same with what only a check finds: scores cut off, what settled 口径 decide, and the proofs.

        The proofs need the extra `prove`; without it every one is unknown, and a finding says so.
        """
        from rubric.examined import examined
        from rubric.proving.findings import findings_of

        seen = examined(self.source, self.program, solve=prove, keep=self._as_opened)
        noted = (*self.diagnostics, *seen.notes)
        found = findings_of(self.source, self.program, seen.proofs, noted)
        return attrs.evolve(self, diagnostics=(*noted, *found), proofs=seen.proofs)

    def compare(self, newer: "Rubric | str | Path", *, prove: bool = True) -> "Comparison":
        """This rubric against a newer edition of it; see `rubric.compare`."""
        return compare(self, newer, prove=prove)

    def improve(
        self,
        facts: FactsLike,
        target: str | None = None,
        *,
        fixed: Sequence[str] = (),
        judgements: bool = False,
        readings: Mapping[str, str] | None = None,
        solve: bool = True,
    ) -> "Improvement":
        """What would have to change in the facts for a better score, and for the `target` (`90`, `优`, `+2`).

        Data named in `fixed` stay, as do those declared 不可变, and judgements unless they are asked for. Several facts
        together need the extra `prove`; a finding in `diagnostics` says so where it is missing. Facts that cannot be read, an
        unknown reading, target or name raise `RubricError`.
        """
        from rubric.improving.improve import improve
        from rubric.selection import select_readings

        selected = select_readings(self.program, readings or {})
        if selected.diagnostics:
            raise RubricError(selected.diagnostics)
        record = self.read_facts(facts, selected.value)
        if record.value is None:
            raise RubricError(record.diagnostics)
        found = improve(
            self.program,
            record.value,
            target,
            readings=selected.value,
            fixed=fixed,
            judgements=judgements,
            solve=solve,
        )
        if errors_of(found.diagnostics):
            raise RubricError(errors_of(found.diagnostics))
        return found

    def blank_facts(self) -> str:
        """A facts file to fill in."""
        from rubric.facts.blank import blank_facts

        return blank_facts(self.program)

    def ambiguities(self, population: Sequence[FactsLike] = (), *, solve: bool = True) -> "Readings":
        """Every 口径 with alternatives, a department on which they differ, and how many of `population` each would change.

        Facts that are refused count as missing; those that cannot be read raise `RubricError`.
        """
        read = [self.read_facts(one) for one in population]
        refused = tuple(d for one in read if one.value is None for d in one.diagnostics)
        if refused:
            raise RubricError(refused)
        return self.readings_of([one.value for one in read if one.value is not None], solve=solve)

    def readings_of(self, records: Sequence[Record], *, solve: bool = True) -> "Readings":
        """The same over records."""
        from rubric.evaluator.group import with_values_over_units
        from rubric.examined import settling
        from rubric.improving.ambiguities import Readings, spreads_of

        found = settling(self.source, self.program, solve=solve, keep=self._as_opened)
        filled: Sequence[Record] = with_values_over_units(self.program, list(records)) if records else ()
        spreads = spreads_of(self.program, filled) if filled else ()
        return Readings(found.ambiguities, found.lines, spreads, len(filled), _made_up(filled))

    def study(self, record: Record | None = None) -> "Study":
        """How far judgement alone moves the total; `record` are the facts of a department to look at too."""
        from rubric.examined import studied

        return studied(self.source, self.program, record, keep=self._as_opened)

    @property
    def _as_opened(self) -> bool:
        """Whether the program is that of the file: then what is worked out of it is kept between runs."""
        return self.program is self.opened

    def to_dict(self, study: "Study | None" = None, readings: "Readings | None" = None) -> dict[str, object]:
        """The ledger as JSON values: how the points are decided, the 口径, the findings."""
        from rubric.reporting.ledger_document import ledger_document

        return ledger_document(self.program, self.diagnostics, self.proofs, study, readings)

    def to_json(self, indent: int | None = 2) -> str:
        """The ledger as text."""
        import json

        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


def _made_up(records: Sequence[Record]) -> int:
    """How many of them are generated."""
    if not records:
        return 0
    from rubric.population.departments import LABEL

    return sum(LABEL in record.unit_name for record in records)


def compile(text: str, name: str = "评分表.rubric") -> Rubric:
    """A rubric from its text; `name` is what findings print.

    >>> import rubric
    >>> table = rubric.compile("三级指标 项目完成（5分）\\n  评分标准\\n    按期完成的，酌情给分。\\n")
    >>> [indicator.name for indicator in table.program.indicators]
    ['项目完成']
    """
    from rubric.pipeline import compile_rubric

    source = SourceText(name, text)
    compiled = compile_rubric(source)
    return Rubric(compiled.value, source, compiled.diagnostics)


def load(name_or_path: str | Path) -> Rubric:
    """A rubric by the name of its edition (`2022`, `2022/部门整体支出`) or by its path."""
    opened = open_rubric(str(name_or_path), Path.cwd())
    if opened.value is None:
        raise RubricError(opened.diagnostics)
    return opened.value


def open_rubric(name: str, start: Path) -> Checked[Rubric | None]:
    """The rubric that `name` means in the folder `start`; None, with the reason, where there is none to be read."""
    from rubric.cache import compiled
    from rubric.editions import find
    from rubric.editions.verification import lock_findings
    from rubric.files import read_source

    found = find(name, start)
    if found.value is None:
        return Checked(None, found.diagnostics)
    source = read_source(found.value.path, found.value.name)
    if source.value is None:
        return Checked(None, (*found.diagnostics, *source.diagnostics))
    done = compiled(source.value, found.value.language_version)
    program = done.value
    if not program.status and found.value.edition is not None:
        program = attrs.evolve(program, status=str(found.value.edition.status))
    differing = lock_findings(found.value, source.value, program)
    findings = (*found.diagnostics, *source.diagnostics, *done.diagnostics, *differing)
    origin = str(found.value.origin)
    return Checked(Rubric(program, source.value, findings, found.value.path, origin, opened=program), findings)


def compare(old: Rubric | str | Path, new: Rubric | str | Path, *, prove: bool = True) -> "Comparison":
    """What became of a rubric from one edition to the next; a name or a path stands for the rubric it loads.

    The meaning of what changed needs the extra `prove`; without it, or with `prove=False`, it is 未知. Raises
    `RubricError` where a rubric cannot be read.

    >>> import rubric
    >>> rubric.compare("2022", "2022").changes
    ()
    """
    from rubric.reporting.comparison import Comparison
    from rubric.revision.compare import compare as revision_of
    from rubric.revision.findings import revision_findings

    before, after = (one if isinstance(one, Rubric) else load(one) for one in (old, new))
    revision = revision_of(before.program, after.program, prove=prove)
    return Comparison(revision, tuple(revision_findings(revision)))


def impact(
    old: Rubric | str | Path, new: Rubric | str | Path, facts: Sequence[FactsLike], *, prove: bool = True
) -> "ImpactReport":
    """Whom a revision moves, by how much, and by which edits; exact, and the shares add up.

    Each of `facts` may be filled in for either edition: what both ask holds for both. What one lacks leaves that indicator
    out of both totals, and is listed. Raises `RubricError` where a rubric or a facts file cannot be read.
    """
    from rubric.reporting.comparison import ImpactReport
    from rubric.revision.impact import impact as impact_of
    from rubric.revision.reports import Read, departments_of, refused

    before, after = (one if isinstance(one, Rubric) else load(one) for one in (old, new))
    reads = [
        Read(
            Path(one).stem if isinstance(one, str | Path) else f"第 {n} 个部门",
            before.read_facts(one),
            after.read_facts(one),
        )
        for n, one in enumerate(facts, start=1)
    ]
    if findings := refused(reads):
        raise RubricError(findings)
    departments = departments_of(before.program, after.program, reads)
    made_up = any(_GENERATED in one.name for one in departments.value)
    revision = compare(before, after, prove=prove).revision
    return ImpactReport(impact_of(revision, departments.value, generated=made_up), departments.diagnostics)


def impact_on_population(
    old: Rubric | str | Path, new: Rubric | str | Path, number: int, seed: int = 7, *, prove: bool = True
) -> "ImpactReport":
    """The same for `number` made-up departments, which have the facts of both editions; labelled as generated."""
    from rubric.population.departments import department, population_of
    from rubric.reporting.comparison import ImpactReport
    from rubric.revision.hybrids import between
    from rubric.revision.impact import impact_of_records

    revision = compare(old, new, prove=prove).revision
    population = population_of(between(revision).program, seed)
    records = [department(population, place) for place in range(1, number + 1)]
    named = [(record.unit_name or f"{_GENERATED} {n}", record) for n, record in enumerate(records, start=1)]
    return ImpactReport(impact_of_records(revision, named))
