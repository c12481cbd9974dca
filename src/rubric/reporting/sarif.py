"""Findings in the form that code hosts and editors read: SARIF 2.1.0.

Takes findings and the addresses of the texts they point into; gives a log of one run as JSON values. Never a path of the
machine: what has no relative address is named by its last part alone.

Lines and columns count from 1, columns in UTF-16 units, an end is exclusive, as the form wants them (OASIS, *Static
Analysis Results Interchange Format (SARIF) Version 2.1.0*, 2020, §3.30). A rule's help is its page of `rubric explain`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from rubric.diagnostics.explain import load_page
from rubric.diagnostics.model import Diagnostic, Label, Severity
from rubric.diagnostics.registry import CODES, Entry
from rubric.reporting.scored import in_order
from rubric.source import SourceText
from rubric.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_LANGUAGE = "zh-CN"

_Json = dict[str, object]


def sarif_log(diagnostics: Iterable[Diagnostic], source: SourceText, addresses: Mapping[str, str]) -> _Json:
    """The log. `source` is the text that was checked: a finding without a place is about all of it.

    `addresses` maps the name of a text to its address relative to the folder at work, with `/` between its parts; a text
    that is not in it is named by the last part of its name.
    """
    found = in_order(tuple(diagnostics))
    codes = list(dict.fromkeys(diagnostic.code for diagnostic in found))
    driver: _Json = {
        "name": "rubric",
        "semanticVersion": __version__,
        "language": _LANGUAGE,
        "rules": [_rule(CODES[code]) for code in codes],
    }
    run: _Json = {
        "tool": {"driver": driver},
        "language": _LANGUAGE,
        "columnKind": "utf16CodeUnits",
        "results": [_result(diagnostic, codes, source, addresses) for diagnostic in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(entry: Entry) -> _Json:
    rule: _Json = {
        "id": entry.code,
        "shortDescription": {"text": entry.title},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
        "properties": {"tags": [entry.area]},
    }
    page = load_page(entry.code)
    if page is not None:
        brief = page.section("一句话")
        if brief is not None:
            rule["fullDescription"] = {"text": brief.text}
        rule["help"] = {"text": page.text, "markdown": page.text}
    return rule


def _result(diagnostic: Diagnostic, codes: list[str], source: SourceText, addresses: Mapping[str, str]) -> _Json:
    placed = [(label, label.source) for label in diagnostic.labels if label.source is not None]
    result: _Json = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [
            _location(*placed[0], addresses)
            if placed
            else {"physicalLocation": {"artifactLocation": _address(source, addresses)}}
        ],
        "partialFingerprints": {"rubric/v1": _fingerprint(diagnostic)},
    }
    if placed[1:]:
        result["relatedLocations"] = [
            {"id": number, **_location(*place, addresses)} for number, place in enumerate(placed[1:], start=1)
        ]
    if diagnostic.indicator is not None:
        result["properties"] = {"indicator": diagnostic.indicator}
    return result


def _message(diagnostic: Diagnostic) -> str:
    """The title, the words at its place, the hints: all that a reader of a list sees."""
    words = [label.text for label in diagnostic.labels[:1] if label.text]
    words += [f"{hint.kind}：{hint.text}" for hint in diagnostic.hints]
    return "\n".join((diagnostic.title, *words))


def _location(label: Label, source: SourceText, addresses: Mapping[str, str]) -> _Json:
    location: _Json = {
        "physicalLocation": {"artifactLocation": _address(source, addresses), "region": _region(label, source)}
    }
    if label.text:
        location["message"] = {"text": label.text}
    return location


def _region(label: Label, source: SourceText) -> _Json:
    """An empty span is a place between two characters; the end of a span at a line end stays on its line."""
    start = min(label.span.start, len(source.text))
    end = min(max(label.span.end, start), len(source.text))
    return {
        "startLine": source.line_of(start) + 1,
        "startColumn": source.utf16_column(start) + 1,
        "endLine": source.line_of(end) + 1,
        "endColumn": source.utf16_column(end) + 1,
    }


def _address(source: SourceText, addresses: Mapping[str, str]) -> _Json:
    name = addresses.get(source.name, source.name.replace("\\", "/").rpartition("/")[2])
    return {"uri": quote(name), "uriBaseId": "%SRCROOT%"}


def _fingerprint(diagnostic: Diagnostic) -> str:
    """The same for the same finding of the same indicator, wherever the lines have moved to."""
    told = "\0".join((diagnostic.code, diagnostic.indicator or "", diagnostic.title))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
