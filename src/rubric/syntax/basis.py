"""Lines of 口径: how the author reads a word of the issued text.

Takes a line's span; gives its form and the places of its words, before any name is known (`frame`); and, once the names
are known, the line with what its words compute (`basis_line`). Never decides which reading is in force.
"""

import re
from collections.abc import Callable
from fractions import Fraction

import attrs

from rubric.source import SourceText, Span
from rubric.syntax import ast
from rubric.syntax.declarations import name_end, split_outside
from rubric.syntax.fold import key
from rubric.syntax.placing import trimmed

Kind = ast.BasisKind


@attrs.frozen
class Frame:
    """A line before its words are read. `options` are the chosen reading first, then the alternatives."""

    kind: Kind
    word: str
    word_span: Span
    options: tuple[tuple[Span, ...], ...]
    aliases: tuple[str, ...]
    span: Span
    extra: Span | None = None


_Q = '[“"「](.+?)[”"」]'
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NOTE, re.compile(r"(?:说明|注)[：:](?P<first>.+)")),
    (Kind.LAST_YEAR, re.compile(r"上年指标[：:](?P<first>.+)")),
    (Kind.ALTERNATIVES, re.compile(f"{_Q}的备选[：:](?P<others>.+)")),
    (Kind.LIMITED, re.compile(f"{_Q}限于(?P<first>.+)")),
    (Kind.HOLDS, re.compile(f"{_Q}即\\s*(?P<first>.+)")),
    (Kind.MEANS, re.compile(f"{_Q}指(?P<first>.+?)(?:[；;]\\s*备选[：:](?P<others>.+))?")),
    (
        Kind.COUNTED,
        re.compile(f"{_Q}按(?P<label>[^：:]+?)认定[：:](?P<rules>.+?)(?:[；;]\\s*备选[：:](?P<other_rules>.+))?"),
    ),
    (Kind.COUNTED, re.compile(f"{_Q}按(?P<first>.+?)计(?P<extra>[，,][^；;]+)?(?:[；;]\\s*备选[：:](?P<others>.+))?")),
    (Kind.COUNTED, re.compile(r"(?P<plain>[^：:；;]+?)按(?P<first>[^，,；;]+?)计[；;]\s*备选[：:](?P<others>.+)")),
    (Kind.PERIODIC, re.compile(r"(?P<plain>[^：:；;=＝]+?)[：:]\s*按(?:季度?|月度?|半年|年度?|期|次)(?:分别)?计算?")),
    (
        Kind.RANGE,
        re.compile(r"(?P<plain>第\d+点)可(?P<first>.*?\d+(?:\.\d+)?\s*[-—~～至]\s*\d+(?:\.\d+)?\s*分之间酌情给分.*)"),
    ),
)
_CONSTANT = re.compile(r"(?P<part>[^\d，,、]+?)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>[%％‰]|[^\d，,、]*)")


def frame(source: SourceText, span: Span) -> Frame:
    """The form of the line, by its first words."""
    text = source.slice(span)
    if text[-1:] in "。；;":
        span = Span(span.start, span.end - 1)
        text = text[:-1]
    for kind, pattern in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return _framed(source, span, kind, match)
    constants = _constants(source, span)
    if constants is not None:
        return constants
    definition = re.match(r"([^=＝，,；;<>≥≤]+?)\s*[=＝]", text)
    if definition:
        return _definition_frame(source, span, definition.end(1))
    return Frame(Kind.RULE, "", span, ((span,),), (), span)


def _constants(source: SourceText, span: Span) -> Frame | None:
    """`序时进度：一季度25%，二季度50%`: what a quantity is in each period."""
    colon = name_end(source.text, span)
    if colon <= 0:
        return None
    values = Span(colon + 1, span.end)
    if not all(_CONSTANT.fullmatch(source.slice(part)) for part in split_outside(source.text, values, "，,、")):
        return None
    name = trimmed(source.text, Span(span.start, colon))
    return Frame(Kind.CONSTANTS, source.slice(name), name, ((values,),), (), span)


def issued_constants(source: SourceText, span: Span, periods: tuple[str, ...]) -> Frame | None:
    """A sentence of the table itself that states a quantity for each period: one value for every one of them."""
    if not periods:
        return None
    span = Span(span.start, span.end - 1) if source.text[span.end - 1] in "。；;" else span
    found = _constants(source, span)
    if found is None:
        return None
    parts = split_outside(source.text, found.options[0][0], "，,、")
    told = [key(_constant(source, part)[0]) for part in parts]
    return found if told == [key(period) for period in periods] else None


def _framed(source: SourceText, span: Span, kind: Kind, match: re.Match[str]) -> Frame:
    groups = match.groupdict()

    def at(name: str) -> Span:
        return Span(span.start + match.start(name), span.start + match.end(name))

    word_group: str | int = "plain" if groups.get("plain") else 1
    has_word = kind not in (Kind.NOTE, Kind.LAST_YEAR)
    word_span = Span(span.start + match.start(word_group), span.start + match.end(word_group)) if has_word else span
    word = source.slice(word_span) if has_word else ""
    options: list[tuple[Span, ...]] = []
    if groups.get("rules"):
        options.append((at("label"), *split_outside(source.text, at("rules"), "；;")))
        if groups.get("other_rules"):
            options.append((at("other_rules"), *split_outside(source.text, at("other_rules"), "；;")))
    else:
        if groups.get("first"):
            options.append((at("first"),))
        if groups.get("others"):
            options.extend((part,) for part in split_outside(source.text, at("others"), "；;"))
    extra = at("extra") if groups.get("extra") else None
    return Frame(kind, word, word_span, tuple(options), (), span, extra)


def _definition_frame(source: SourceText, span: Span, name_length: int) -> Frame:
    parts = split_outside(source.text, span, "，,")
    aliases: list[str] = []
    end = span.end
    for part in reversed(parts[1:]):
        match = re.fullmatch(f"(?:即|简称|又称)\\s*{_Q}", source.slice(part))
        if match is None:
            break
        aliases.append(match[1])
        end = (
            source.text.rindex("，", span.start, part.start)
            if "，" in source.text[span.start : part.start]
            else part.start
        )
    name = trimmed(source.text, Span(span.start, span.start + name_length))
    return Frame(Kind.DEFINITION, source.slice(name), name, ((Span(span.start, end),),), tuple(aliases), span)


@attrs.frozen
class Reader:
    """How the words of a line are read, once names are known."""

    quantity: Callable[[Span], ast.Expression | None]
    condition: Callable[[Span], ast.Condition | None]
    sentence: Callable[[Span], tuple[ast.Sentence | None, Span | None]]


def basis_line(source: SourceText, framed: Frame, reader: Reader) -> ast.BasisLine:
    """The line with what its words compute; UNREAD, with the place, where they should compute something and do not."""
    line = ast.BasisLine(
        framed.kind, framed.word, aliases=framed.aliases, text=source.slice(framed.span), span=framed.span
    )
    match framed.kind:
        case Kind.NOTE | Kind.PERIODIC:
            return line
        case Kind.LAST_YEAR:
            return attrs.evolve(line, word=source.slice(framed.options[0][0]))
        case Kind.LIMITED:
            return attrs.evolve(line, scopes=(key(source.slice(framed.options[0][0])),))
        case Kind.HOLDS:
            condition = reader.condition(framed.options[0][0])
            if condition is None:
                return attrs.evolve(line, kind=Kind.UNREAD, stop=framed.options[0][0])
            return attrs.evolve(line, condition=condition)
        case Kind.CONSTANTS:
            parts = split_outside(source.text, framed.options[0][0], "，,、")
            return attrs.evolve(line, constants=tuple(_constant(source, part) for part in parts))
        case Kind.RANGE:
            numbers = re.search(r"(\d+(?:\.\d+)?)\s*[-—~～至]\s*(\d+(?:\.\d+)?)\s*分之间", line.text)
            assert numbers is not None
            low, high = (ast.Number(Fraction(n), "分", span=line.span) for n in numbers.groups())
            return attrs.evolve(line, constants=(("low", low), ("high", high)))
        case Kind.RULE:
            return _bounded(source, line, framed, reader) or _with_sentences(source, line, framed, reader)
        case Kind.DEFINITION | Kind.BOUNDED | Kind.UNREAD:
            return _with_sentences(source, line, framed, reader)
        case Kind.MEANS | Kind.COUNTED | Kind.ALTERNATIVES:
            scope = [key(source.slice(o[0])) for o in framed.options]
            if framed.kind is Kind.MEANS and re.fullmatch(r"第\d+点(\(\d+\))*|本指标", scope[0]):
                return attrs.evolve(line, kind=Kind.LIMITED, scopes=(scope[0],))
            options = [_option(source, spans, reader) for spans in framed.options]
            if framed.extra is not None and options[0].body is not None:
                options[0] = _limited(source, options[0], options[0].body, framed.extra)
            return attrs.evolve(line, options=tuple(options))


_LIMIT = re.compile(r"[，,]\s*超过(\d+(?:\.\d+)?)[%％]的?[，,]?按(\d+(?:\.\d+)?)[%％]计")


def _limited(source: SourceText, option: ast.Option, body: ast.Expression, extra: Span) -> ast.Option:
    """`…计，超过100%的按100%计`."""
    match = _LIMIT.fullmatch(source.slice(extra))
    if match is None:
        return option
    over, counted = (ast.Number(Fraction(n), "%", span=extra) for n in match.groups())
    limited = ast.Limited(body, over, counted, span=option.span.to(extra))
    return attrs.evolve(option, name=option.name + source.slice(extra), body=limited)


_SCOPED = re.compile(
    r"(?P<scopes>(?:第\d+点(?:[（(]\d+[）)])*)(?:[、和及]第\d+点(?:[（(]\d+[）)])*)*|本指标)?(?:均|都|各)?[，,]?\s*(?P<bounds>.+)",
    re.DOTALL,
)


def _bounded(source: SourceText, line: ast.BasisLine, framed: Frame, reader: Reader) -> ast.BasisLine | None:
    """`第1点、第2点最高1分`, `第3点扣完为止`; without a point the whole indicator is meant."""
    span = framed.options[0][0]
    match = _SCOPED.fullmatch(source.slice(span))
    if match is None or not _BOUNDS.search(match["bounds"]):
        return None
    sentence, _ = reader.sentence(Span(span.start + match.start("bounds"), span.end))
    if not isinstance(sentence, ast.Closing):
        return None
    scopes = tuple(key(scope) for scope in re.split("[、和及]", match["scopes"] or "本指标"))
    return attrs.evolve(line, kind=Kind.BOUNDED, scopes=scopes, sentences=(sentence,))


_BOUNDS = re.compile(r"最[高多低少]|至多|至少|不超过|扣完|封顶|保底|扣[至到]")


def _with_sentences(source: SourceText, line: ast.BasisLine, framed: Frame, reader: Reader) -> ast.BasisLine:
    sentences: list[ast.Sentence] = []
    for span in split_outside(source.text, framed.options[0][0], "。；;"):
        sentence, stop = reader.sentence(span)
        if sentence is None:
            return attrs.evolve(line, kind=Kind.UNREAD, stop=stop)
        sentences.append(sentence)
    return attrs.evolve(line, sentences=tuple(sentences))


def _option(source: SourceText, spans: tuple[Span, ...], reader: Reader) -> ast.Option:
    """One reading: rules, an expression, `名称（式）`, or plain words."""
    first = spans[0]
    name = source.slice(first)
    if len(spans) > 1:
        sentences = tuple(s for span in spans[1:] if (s := reader.sentence(span)[0]) is not None)
        return ast.Option(name, rules=sentences, span=first)
    body = reader.quantity(first)
    bracket = re.fullmatch(r"(.+?)[（(](.+)[）)]", name)
    if bracket and (body is None or isinstance(body, ast.Name)):
        inner = reader.quantity(Span(first.start + bracket.start(2), first.start + bracket.end(2)))
        if inner is not None and not isinstance(inner, ast.Number):
            return ast.Option(bracket[1], inner, span=first)
    if isinstance(body, ast.Name) and not body.declared:
        body = None
    return ast.Option(name, body, span=first)


def _constant(source: SourceText, part: Span) -> tuple[str, ast.Number]:
    match = _CONSTANT.fullmatch(source.slice(part))
    assert match is not None
    value_span = Span(part.start + match.start("value"), part.start + match.end("unit"))
    return match["part"], ast.Number(Fraction(match["value"]), key(match["unit"]), span=value_span)
