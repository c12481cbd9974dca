"""The sentences of a cell, each with its kind.

Takes the numbered items of a cell and the names in force; gives its pieces. A sentence ends where the grammar ends it: one
stretch between stops may hold several, and prose before a rule.
"""

import re
from collections.abc import Iterable
from fractions import Fraction

import attrs

from rubric.diagnostics.model import Diagnostic
from rubric.source import SourceText, Span
from rubric.syntax import ast, build, build_awards, grammar, kinds
from rubric.syntax.author_lines import fault_of
from rubric.syntax.base_share import with_base
from rubric.syntax.cases import BLANK
from rubric.syntax.fold import Folded
from rubric.syntax.held import held
from rubric.syntax.led import led_places
from rubric.syntax.lexer import BRACKETED_NOUGHT, Lexicon, lex, span_at
from rubric.syntax.lines import RawItem
from rubric.syntax.names import BASE_NAME, LONGEST_SENTENCE
from rubric.syntax.naming import Lexicons
from rubric.syntax.parallel import parallel
from rubric.syntax.parting import goal_behind, points_around, run_together, said_again, without_last, worth_said
from rubric.syntax.partly import PART, partly
from rubric.syntax.placing import trimmed
from rubric.syntax.portions import portioned
from rubric.syntax.quotas import quota
from rubric.syntax.reading import Ambiguities, folded_sentence
from rubric.syntax.required_first import with_requirements
from rubric.syntax.shapes import (
    BASE_SAID,
    answered,
    as_taken,
    base_points,
    counts,
    product,
    scored_by_letter,
    unfit,
    weighted_after,
    with_points,
    word_equation,
)
from rubric.syntax.slots import LEFT_OUT
from rubric.syntax.spread import SPOKEN_OF, STARS, spread
from rubric.syntax.symbols import by_symbol
from rubric.syntax.titles import Yields
from rubric.syntax.unsigned_rates import signed
from rubric.syntax.weights import weighted_mean, weighted_sum


@attrs.frozen
class Cell:
    source: SourceText
    lexicons: Lexicons
    gloss: frozenset[str]
    blamed: str
    indicator: str
    found: list[Diagnostic]
    yields: Yields
    unlimited: bool = False
    stated: tuple[ast.BasisLine, ...] = ()
    of_case: bool = False

    def item(self, raw: RawItem) -> ast.Item:
        folded = Folded.of(self.source.slice(raw.span), 0).text if raw.span.start < raw.span.end else ""
        read = self._item(raw, kinds.deducts(folded), kinds.has_points(folded))
        return spread(held(with_base(partly(signed(read, unlimited=self.unlimited)))))

    def _item(self, raw: RawItem, cell_deducts: bool, cell_has_points: bool) -> ast.Item:
        lexicon = self.lexicons.at(raw.path)
        raws = [r for span in raw.sentences for r in self._sentences(span, lexicon)]
        raws = [attrs.evolve(r, noted=True) if self._noted(raws[:i], r) else r for i, r in enumerate(raws)]
        raws = portioned(by_symbol(with_requirements(raws if raw.items else scored_by_letter(answered(raws)))))
        raws = [
            attrs.evolve(r, sentence=None, noted=True) if weighted_after(r, raws[i + 1 :]) else r
            for i, r in enumerate(raws)
        ]
        if self.yields is Yields.POINTS:
            pieces = kinds.pieces(raws, bool(raw.items), cell_deducts, cell_has_points)
        else:
            pieces = kinds.pieces_of_award(raws)
        below = tuple(self._item(i, cell_deducts, cell_has_points) for i in raw.items)
        return ast.Item(raw.path, tuple(self._checked(p) for p in pieces), below, span=raw.span)

    def _noted(self, before: list[kinds.Raw], raw: kinds.Raw) -> bool:
        """`注：` covers the rest of its line."""
        start = self.source.line_starts[self.source.line_of(raw.span.start)]
        return any(start <= r.span.start and kinds.opens_note(r.folded) for r in before)

    def _checked(self, piece: ast.Piece) -> ast.Piece:
        """A sentence that should compute and cannot be read for its brackets or its length says so; prose may stand."""
        if piece.sentence is not None or not (kinds.computes(piece) or len(piece.text) > LONGEST_SENTENCE):
            return piece
        fault = fault_of(self.source, piece.span, self.indicator, "这一句")
        if fault is None:
            # A sentence beside a line of 数据 or 口径 that cannot be used is not blamed itself.
            return attrs.evolve(piece, fault=self.blamed) if piece.kind is ast.PieceKind.UNREAD else piece
        self.found.append(fault)
        return attrs.evolve(piece, kind=ast.PieceKind.UNREAD, fault=fault.code)

    def _sentences(self, span: Span, lexicon: Lexicon) -> Iterable[kinds.Raw]:
        """One sentence, or several where a blank parts them, or where `（N分），` ends the first.

        Points in brackets before or behind deductions (`出现1例未处理扣1.5分（6分）`) are those of all of them.
        """
        folded = folded_sentence(self.source, span)
        if marked := points_around(folded):
            points, inside = marked
            for index, raw in enumerate(self._sentences_of(inside, lexicon)):
                yield with_points(raw, points) if index == 0 else raw
        else:
            yield from self._sentences_of(folded, lexicon)

    def _sentences_of(self, folded: Folded, lexicon: Lexicon) -> Iterable[kinds.Raw]:
        if folded.text[:1] in STARS and not SPOKEN_OF.match(folded.text):
            folded = folded.from_index(1)
        if stated := _STATED.match(
            folded.text
        ):  # 本指标5分，以…计入: what the item is worth, and then how it is scored
            yield attrs.evolve(self._raw(folded.part(0, stated.end()), None, None, False), noted=True)
            folded = folded.from_index(stated.end())
        if parts := run_together(folded):
            for part in parts:
                yield from self._sentences_of(part, lexicon)
            return
        if lead := _METHOD.match(folded.text):  # 计分办法：得分=…
            folded = folded.from_index(lead.end())
        folded, last = without_last(folded)
        if goal := goal_behind(folded, lexicon):
            folded, said, basis = goal
            yield self._raw(said, basis, None, False)
        if titled := worth_said(folded, lexicon):
            part, title, folded = titled
            yield attrs.evolve(self._raw(part, None, None, False), folded=title)
        if place := quota(folded.text):  # 优秀比例不超过30%: said of all units, whatever this one has
            yield from self._apart(folded.part(0, place[0]), lexicon)
            yield attrs.evolve(self._raw(folded.part(*place), None, None, False), noted=True)
            folded = _after_comma(folded.from_index(place[1]))
        yield from self._apart(folded, lexicon)
        if last is not None:
            yield self._raw(last, None, None, False)

    def _apart(self, folded: Folded, lexicon: Lexicon) -> Iterable[kinds.Raw]:
        """The sentences of what is left of a stretch."""
        goes_on = False
        while folded.text:
            if (base := BASE_SAID.match(folded.text)) and base["name"] not in lexicon.names:  # 基准分为3分，最高5分
                yield attrs.evolve(self._raw(folded.part(0, base.end() - 1), None, None, False), goes_on=goes_on)
                folded, goes_on = folded.from_index(base.end()), True
                continue
            if again := said_again(folded, lexicon):
                yield attrs.evolve(self._raw(folded.part(0, again[0]), None, None, False), noted=True)
                folded, goes_on = folded.from_index(again[1]), True
            if listed := self._listed_first(folded, lexicon):
                raw, folded = listed
                yield raw
                goes_on = True
                continue
            if BRACKETED_NOUGHT.fullmatch(folded.text):  # …最多得10分（须提供证明，否则不得分）
                folded = folded.part(1, len(folded.text) - 1)
            if having := _HAVING.match(folded.text):  # 没有项目的，得满分；有的，每有一项…: all that are not exempt
                folded = folded.from_index(having.end())
            if basis := self._basis(folded, lexicon):
                raw, folded = basis
                yield raw
                continue
            if summed := weighted_sum(folded, lexicon) or weighted_mean(folded, lexicon):
                yield attrs.evolve(self._raw(folded, summed, None, False), goes_on=goes_on)
                return
            if lists := self._lists(folded, lexicon):
                told, folded = lists
                yield from told
                continue
            if inside := self._inside_brackets(folded, lexicon):
                raw, folded = inside
                yield raw
                goes_on = True
                continue
            awarded = self._award(folded, lexicon) if self.yields is not Yields.POINTS else None
            plain = self._plain_award(folded) if self.of_case else None
            raw, rest = awarded or plain or self._first(folded, lexicon)
            yield attrs.evolve(raw, goes_on=goes_on)
            folded, goes_on = rest, self.source.text[raw.span.end - 1] not in "。；;"

    def _basis(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`完成率目标为55%，`, `完成率=A/B×100%，`: what later words rest on is a sentence of its own, whatever follows it."""
        if said := self._symbol(folded, lexicon):
            return said
        match = _BASED.match(folded.text) or _DEFINED_FIRST.match(folded.text)
        if match is None or len(folded.text) > LONGEST_SENTENCE:
            return None
        head = folded.part(0, match.end() - 1)
        lexed = lex(head, lexicon, "sentence")
        if not lexed.tokens or lexed.end < len(head.text):
            return None
        sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
        if not isinstance(sentence, ast.Basis | ast.Equation):
            return None
        return self._raw(head, sentence, None, False), folded.from_index(match.end())

    def _listed_first(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`应急预案、应急队伍、应急物资三项全部具备得3分`: what is listed, and then how much of it there is."""
        match = _LISTED_FIRST.match(folded.text)
        if match is None or lexicon.spans(folded.text, match.end()):
            return None
        words = folded.part(0, match.end("words"))
        lexed = lex(words, lexicon, "sentence")
        sentence = None
        if lexed.tokens and lexed.end == len(words.text):
            read = build.build_sentence(grammar.tree("sentence", lexed.tokens))
            sentence = read if isinstance(read, ast.Statement) else None
        return self._raw(words, sentence, None, sentence is None), folded.from_index(match.end())

    def _symbol(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`其中W1为日常监测得分，`: what a letter of a formula stands for, where that is a name."""
        match = _SYMBOL_SAID.match(folded.text)
        if match is None:
            return None
        words = folded.part(*match.span("words"))
        lexed = lex(words, lexicon, "quantity")
        if lexed.end < len(words.text) or any(token.type == "UNKNOWN" for token in lexed.tokens):
            return None
        head = folded.part(0, match.end("words"))
        symbol = ast.Name(match["symbol"], span=folded.span(*match.span("symbol")))
        body = build.build_quantity(grammar.tree("quantity", lexed.tokens))
        sentence = ast.Equation(symbol, body, span=folded.span(0, match.end("words")))
        return self._raw(head, sentence, None, False), folded.from_index(match.end())

    def _lists(self, folded: Folded, lexicon: Lexicon) -> tuple[list[kinds.Raw], Folded] | None:
        """Two lists that go together, as one sentence for each pair."""
        lists = parallel(folded.text) if self.yields is Yields.POINTS else None
        named = lists is not None and lexicon.names.get(lists.name) == "QUANTITY"
        if lists is None or (lists.name and not named):
            return None
        subject: ast.Expression = ast.Elided(span=folded.span(0, 1))
        if named:
            subject = ast.Name(lists.name, span=folded.span(0, len(lists.name)))
        text = self.source.slice(folded.span(0, lists.end))
        found: list[kinds.Raw] = []
        for pair in lists.pairs:
            span = folded.span(pair.start, pair.end)
            limit = ast.Number(pair.value, pair.unit, span=span)
            award = ast.Award(None, share=pair.given, span=span) if lists.shares else ast.Award(pair.given, span=span)
            rule = ast.Rule(ast.Comparison((subject, limit), (lists.sign,), span=span), award, span=span)
            given = "" if lists.shares else f"得{pair.written}分"
            found.append(kinds.Raw(text, given, rule, None, span, goes_on=bool(found)))
        if lists.between:
            span = folded.span(lists.end - 1, lists.end)
            found.append(kinds.Raw(text, "", ast.Interpolate(open=True, span=span), None, span, goes_on=True))
        return found, _after_comma(folded.from_index(lists.end))

    def _inside_brackets(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`有季度小结（1分，每缺一个季度扣0.25分）`: a requirement with its points, and what is taken off them."""
        match = _RULE_IN_BRACKETS.fullmatch(folded.text)
        if match is None or len(folded.text) > LONGEST_SENTENCE:
            return None
        tail = folded.part(match.start("rule"), match.end("rule"))
        if not lex(tail, lexicon, "sentence").tokens:
            return None
        words = folded.part(0, match.end("words"))
        raw = self._raw(folded, None, span_at(words, lex(words, lexicon, "sentence").furthest), False)
        told = [found for one in self._parted(words) if (found := self._condition(one, lexicon)) is not None]
        if len(told) == 1:
            condition = told[0]
            award = ast.Award(kinds.mark_of(f"({match['points']})"), marked=True, span=raw.span)
            raw = attrs.evolve(raw, sentence=ast.Rule(condition, award, span=raw.span))
        return attrs.evolve(raw, folded=f"{words.text}({match['points']})"), tail

    def _parted(self, words: Folded) -> Iterable[Folded]:
        """`专题研究工作，年内至少4次，查看记录`: what stands between commas."""
        return (words.part(*match.span()) for match in re.finditer("[^,]+", words.text))

    def _condition(self, words: Folded, lexicon: Lexicon) -> ast.Condition | None:
        """Words that are a condition, and nothing else."""
        lexed = lex(words, lexicon, "sentence")
        if not lexed.tokens or lexed.end < len(words.text):
            return None
        sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
        return sentence.condition if isinstance(sentence, ast.Statement) else None

    def _first(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded]:
        empty = folded.part(len(folded.text), len(folded.text))
        gloss = re.match(r"(?:其中:?)?([^=<>≥≤,;。:]{1,40}?)=", folded.text)
        lexed = lex(folded, lexicon, "sentence") if len(folded.text) <= LONGEST_SENTENCE else None
        ruled = lexed is not None and any(t.type in ("GET", "ZERO", "POINTS_MARK") for t in lexed.tokens)
        if any(line.span.start == folded.begin for line in self.stated):
            return self._raw(folded, None, None, True), empty
        if gloss and gloss[1] in self.gloss and not ruled:
            return self._raw(folded, None, None, True), empty
        if lexed and lexed.tokens:
            sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
            if as_taken(sentence) is not None and any(t.type == "UNKNOWN" for t in lexed.tokens):
                led = self._taken_after_prose(folded, lexicon)
                if led is not None:
                    return led
            sentence = product(sentence)
            whole = folded.part(0, lexed.end)
            if isinstance(sentence, ast.Equation) and sentence.name.key in self.gloss and not gloss:
                return self._raw(whole, None, None, True), _after_comma(folded.from_index(lexed.end))
            if base_points(sentence):
                return self._raw(whole, None, None, False), _after_comma(folded.from_index(lexed.end))
            if word_equation(sentence):
                return self._raw(folded, None, None, True), empty
            Ambiguities(self.source, self.indicator, self.found).report(lexed)
            whole_or_rule = lexed.end == len(folded.text) or not isinstance(sentence, ast.Statement)
            if whole_or_rule and not unfit(sentence):
                return self._raw(whole, sentence, None, False), _after_comma(folded.from_index(lexed.end))
        taken = self._taken_after_prose(folded, lexicon) or self._after_lead(folded, lexicon)
        if taken is not None:
            return taken
        mark = re.search(r"\((?:本项|共|计)?\d+(?:\.\d+)?分\)[,:]", folded.text)
        if mark:
            head, tail = folded.part(0, mark.end() - 1), folded.from_index(mark.end())
            if tail.text:
                stop = span_at(folded, lexed.furthest) if lexed else None
                return self._raw(head, None, stop, False), tail
        for end in (m.end() for m in _PROSE_AWARD.finditer(folded.text)):
            tail = folded.from_index(end)
            if tail.text and (PART.match(tail.text) or lex(tail, lexicon, "sentence").tokens):
                stop = span_at(folded, lexed.furthest) if lexed else None
                return self._raw(folded.part(0, end - 1), None, stop, False), tail
        if gloss and not re.search(r"[\d+×*÷/%]", folded.text[gloss.end() :]):
            return self._raw(folded, None, None, True), empty
        return self._raw(folded, None, span_at(folded, lexed.furthest) if lexed else None, False), empty

    def _after_lead(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`围绕四个要点评价，每满足一个要点得1分`: what the sentence is about, then a count or a formula that needs no more of it."""
        if len(folded.text) > LONGEST_SENTENCE:
            return None
        for match in re.finditer("[,:]", folded.text):
            lead = folded.text[: match.start()]
            if kinds.counts_for_nothing(_DAY_SAID.sub("", lead)) is False or LEFT_OUT.search(lead):
                return None
            tail = folded.from_index(match.end())
            lexed = lex(tail, lexicon, "sentence") if tail.text else None
            if lexed is None or not lexed.tokens or any(t.type == "UNKNOWN" for t in lexed.tokens):
                continue
            sentence = build.build_sentence(grammar.tree("sentence", lexed.tokens))
            if isinstance(sentence, ast.ScoreFormula) and _UNDER.search(lead) and not PART.match(folded.text):
                return None  # 承担任务的，按实际得分计分: holds for those alone
            if counts(sentence):
                rest = _after_comma(tail.from_index(lexed.end))
                return self._raw(folded.part(0, match.end() + lexed.end), sentence, None, False), rest
        return None

    def _taken_after_prose(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """`最终得分为各专家评分的平均分`: words that compute nothing, then how the score is taken."""
        if len(folded.text) > LONGEST_SENTENCE:
            return None
        for place in led_places(folded.text, lexicon):
            tail = folded.from_index(place)
            lexed = lex(tail, lexicon, "sentence")
            if not lexed.tokens or any(t.type == "UNKNOWN" for t in lexed.tokens):
                continue
            sentence = as_taken(build.build_sentence(grammar.tree("sentence", lexed.tokens)))
            if sentence is None or unfit(sentence):
                continue
            rest = _after_comma(tail.from_index(lexed.end))
            return self._raw(folded.part(0, place + lexed.end), sentence, None, False), rest
        return None

    def _plain_award(self, folded: Folded) -> tuple[kinds.Raw, Folded] | None:
        """`得3分`: what is left of a sentence that gives a class its points in any case."""
        match = _PLAIN_AWARD.match(folded.text)
        if match is None:
            return None
        points = Fraction(match["points"]) if match["points"] else Fraction(0) if match["none"] else None
        span = folded.span(0, match.end())
        sentence = ast.Always(ast.Award(points, span=span), span=span)
        return self._raw(folded.part(0, match.end()), sentence, None, False), folded.from_index(len(folded.text))

    def _award(self, folded: Folded, lexicon: Lexicon) -> tuple[kinds.Raw, Folded] | None:
        """The first band of a sentence that gives a grade or an amount."""
        if len(folded.text) > LONGEST_SENTENCE:
            return None
        start = "grading" if self.yields is Yields.GRADE else "payment"
        if start == "grading" and _LADDER.fullmatch(folded.text):
            return self._raw(folded, None, None, True), folded.part(len(folded.text), len(folded.text))
        if lead := _LADDER_LEAD.match(folded.text) if start == "grading" else None:
            tail = _LADDER_TAIL.search(folded.text, lead.end())
            folded = folded.part(lead.end(), tail.start() if tail else len(folded.text))
        lexed = lex(folded, lexicon, start)
        if not lexed.tokens and self.yields is Yields.AMOUNT:  # the grades that an amount goes by
            start, lexed = "grading", lex(folded, lexicon, "grading")
        if not lexed.tokens:
            return None
        sentence = build_awards.build_award_sentence(grammar.tree(start, lexed.tokens))
        raw = self._raw(folded.part(0, lexed.end), sentence, None, False)
        return raw, folded.from_index(lexed.end + bool(folded.text[lexed.end : lexed.end + 1].strip() in (",", "、")))

    def _raw(self, folded: Folded, sentence: ast.Sentence | None, stop: Span | None, words: bool) -> kinds.Raw:
        span = trimmed(self.source.text, Span(folded.begin, folded.end))
        return kinds.Raw(self.source.slice(span).replace(BLANK, ""), folded.text, sentence, stop, span, words)


_RULE_IN_BRACKETS = re.compile(
    r"(?P<words>[^;。:()]{2,60}?)\((?:本项|共|计|满分)?(?P<points>\d+(?:\.\d+)?分),(?P<rule>[^()]*?[扣减]\d+(?:\.\d+)?分[^()]*)\)[。;]?"
)
_UNDER = re.compile("^(?!.*缺项).*的(?:单位|部门|项目|企业|机构|地区|人员|学校|情况|情形)?$")
_DAY_SAID = re.compile(r"(?:\d+月)?\d+[日号](?:之?前|内|以前)")
_BASED = re.compile(
    r"[^,;。=<>≥≤]{0,30}?(?:以[^,;。]{1,10}为(?:评价|考核)?(?:标准|基准|目标|基数|合格|及格|达标|底线|上限|下限|限)[值线]?"
    r"|(?:目标|基准|标准|合格|达标)[值线]?(?:设定)?[为是][^,;。]{1,8}|(?:目标|基准|标准)值\d[^,;。]{0,6}),"
)
_DEFINED_FIRST = re.compile(
    rf"{BASE_NAME}(?:=|即?为|是|取)(?!\d)[^=<>≥≤,;。]+,(?=[^,;。]*(?:得分=|得))|"
    r"(?:其中:?)?[^=<>≥≤,;。]{1,30}(?<!得分)(?<!总分)=[^=<>≥≤,;。]*[÷/×*+][^=<>≥≤,;。]*,(?=[^,;。=]{0,16}得分=|[^,;。]{2,16}(?:不?[低高]于|不?超过|达到?|大于|小于|不足|[<>≥≤])\d|[^,;。=]{1,16}(?:等于|=)[^,;。=]{1,16}?的?,?得|[^<>≥≤=,;。]{2,30}=[^=,;。]*[÷/×*+]|[^,;。\d]{2,16}\d+(?:\.\d+)?%的?,?[得计])"
    r"(?!超过|最[高多低]|保留|四舍五入|不足)"
)
# 其中W1为日常监测得分，: what a letter of a formula stands for.
_SYMBOL_SAID = re.compile(
    r"(?:其中|式中)?[:,]?(?P<symbol>[A-Za-z]\d*)(?:为|是|表示|代表|指|即)(?P<words>[^,;。:、=\d]{2,30})(?:[,、]|$)"
)
_LISTED_FIRST = re.compile(
    r"(?P<words>[^,;。:\d、]+、[^,;。:\d]+?),?(?=(?:以上|上述)?(?:\d|[二两三四五六七八九十])(?:个方面|[个项条点类种者])(?:要求|条件|内容|工作|任务|要点|指标|材料|制度|措施|标准)?(?:全部|均|都|全)(?!未|不|没|无))"
)
_METHOD = re.compile("(?:计分|评分|得分|计算|打分)(?:办法|方法|公式|方式)(?:为|如下)?:(?=[^,;。=]{0,12}=)")
_HAVING = re.compile("(?:(?:有|存在)的,|其[他余](?:单位|部门|地区|社区|乡镇|街道|企业|学校)的?,?)(?=每|发现|出现)")
_STATED = re.compile(
    r"(?:本项指标|本指标|本项|该项|此项|该指标)(?:满分|分值|共|计|为)*\d+(?:\.\d+)?分,(?!扣完|最[高多低])"
)
_PLAIN_AWARD = re.compile(
    r"(?:(?:不作考核|不作要求|不考核|不参与考核|不适用),?)?(?:的,?)?(?:直接|一律|均)?(?:本项指标|本指标|本项|该项|此项)?(?:直接|一律|均)?"
    r"(?:(?:得|计|记|按|视同|视为)(?:(?P<points>\d+(?:\.\d+)?)分|满分)(?:计分|计算|计)?|不扣分|(?P<none>不得分|不计分))(?=$|,(?:均|都)?扣完)"
)
# Prose that gives points, before a comma: what follows may be a rule of its own.
_PROSE_AWARD = re.compile(r"(?:(?:得|计|记|基本分|基准分|基础分|满分)\d+(?:\.\d+)?分|满分|不得分|不计分),")


# 考核等次由高到低分为优秀、良好、合格、不合格四档: which grades there are.
_LADDER = re.compile(
    r"[^,;。:\d]{0,20}(?:分为|划分为|设|分)(?:[^、,;。:\d]{1,5}、)+[^、,;。:\d]{1,5}[二两三四五六]个?(?:档次|档|等次|等级|等|级)"
)


# 考核结果分为优（≥88分）、良（75分≤得分<88分）…四个等级: the grades, each with its band in brackets.
_LADDER_LEAD = re.compile(r"[^;。:<>≥≤=\d]{0,40}?(?:分为|划分为|分成|设为?)(?=[^,;。:\d()、]{1,6}\()")
_LADDER_TAIL = re.compile(r"(?<=\))共?[二两三四五六]个?(?:档次|档|等次|等级|级别|等|级)$")


def _after_comma(folded: Folded) -> Folded:
    return folded.from_index(1) if folded.text.startswith((",", "、")) else folded
