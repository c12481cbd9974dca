"""What can be wrong with sentences, the points of a cell and the head of a file: one function per finding.

Takes the facts of the case; gives the `Diagnostic`. Never decides whether something is wrong.
"""

import re
from fractions import Fraction

from rubric.core import program as core
from rubric.core.numbers import fixed, plain
from rubric.diagnostics.model import Diagnostic, Hint, Label, Severity, reason, suggestion
from rubric.semantics.proposals import proposed_lines
from rubric.source import SourceText, Span

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def no_money(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0451",
        Severity.ERROR,
        f"指标「{indicator}」没有写从哪一笔钱里支付或扣减",
        (Label(source, span, "这里按比例或按步支付，数据中没有这笔钱"),),
        (suggestion("在「数据」下写上这笔钱，如「服务费：万元」；有几笔的，原文写的名称要与数据的名称一致。"),),
        indicator,
    )


def unknown_grade(source: SourceText, span: Span, word: str, grades: list[str], indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0651",
        Severity.ERROR,
        f"指标「{indicator}」的各档中没有「{word}」这个等次",
        (Label(source, span, "限制到这个等次"),),
        (suggestion(f"改成各档写明的等次：{'、'.join(reversed(grades))}。"),),
        indicator,
    )


def is_unread(diagnostic: Diagnostic) -> bool:
    """Whether a finding says that a sentence which computes was not read."""
    return diagnostic.code.startswith("R020") and diagnostic.code[-1] == "6"


def unread_rule(source: SourceText, span: Span, stop: Span | None, indicator: str) -> Diagnostic:
    place = stop or span
    words = source.slice(place)[:12]
    if "\u4e00" <= words[:1] <= "\u9fff":
        hint = f"「{words}」中有数据名称的，在「数据」下写明；没有的，把这一句写成「满意度≥90%的，得5分」的样子。"
    else:
        hint = "核对这里的符号和数，把这一句写成「满意度≥90%的，得5分」「发现一项不符合的扣1分」的样子。"
    return Diagnostic(
        "R0206",
        WARNING,
        "这一句有扣分、比较或比率，但没有读懂，暂按评判处理",
        (Label(source, place, "从这里起没有读懂"),),
        _proposal(source, span) or (suggestion(hint),),
        indicator,
    )


def _proposal(source: SourceText, span: Span) -> tuple[Hint, ...]:
    """The lines of 数据 that would let the sentence be computed, where its words show them."""
    lines = "」「".join(proposed_lines(source.slice(span)))
    return (suggestion(f"在「数据」下写「{lines}」，名称和单位按实际填。"),) if lines else ()


def judged_like_rule(source: SourceText, span: Span, path: str, points: Fraction, indicator: str) -> Diagnostic:
    hint = "要计算的，写成「满意度≥90%的，得5分」的样子，并在「数据」下写明用到的数据"
    if path.isdigit():
        hint += f"；由人评判的，在「口径」下写「第{path}点可在0-{plain(points)}分之间酌情给分」"
    return Diagnostic(
        "R1101",
        WARNING,
        "这一句像是可以计算的，现在由人评判",
        (Label(source, span, "有比较或比率"),),
        (suggestion(f"{hint}。"), *_proposal(source, span)),
        indicator,
    )


def range_beyond_points(source: SourceText, span: Span, high: Fraction, points: Fraction, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0608",
        ERROR,
        f"酌情给分的上限是 {plain(high)} 分，超过了这一条的 {plain(points)} 分",
        (Label(source, span, "超过分值"),),
        (suggestion(f"改为「在0-{plain(points)}分之间酌情给分」。"),),
        indicator,
    )


def mixed_alternatives(source: SourceText, span: Span, points: Fraction, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0815",
        WARNING,
        "可以计算的和由人评判的合在一起正好择一，全部由人评判",
        (Label(source, span, f"最高一条等于分值 {plain(points)} 分，按逐条择一理解"),),
        (
            suggestion("各条应当相加的，核对每条的分值，让它们之和等于指标的分值。"),
            suggestion("确实逐条择一的，在「数据」「口径」里写明由人评判的那一条是什么情形。"),
        ),
        indicator,
    )


def discretion_on_all(source: SourceText, span: Span, points: Fraction, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0816",
        WARNING,
        "这一句酌情扣分扣的是各条相加的得分，整个指标由人评判",
        (Label(source, span, f"没有写最多扣几分；整个指标在 0～{plain(points)} 分之间评判"),),
        (
            suggestion("只扣某一条的，把这一句写进那一条，其余各条照常计算。"),
            suggestion("由数据决定的，写成「每有一项扣0.5分，扣完为止」的样子。"),
        ),
        indicator,
    )


def points_do_not_fit(
    source: SourceText, span: Span, where: str, points: Fraction, fits: tuple[tuple[str, Fraction], ...], indicator: str
) -> Diagnostic:
    names = {"相加": "各条相加", "择一": "最高一条"}
    results = "，".join(f"{names.get(name, name)}是 {plain(value)} 分" for name, value in fits)
    wanted = plain(points)
    return Diagnostic(
        "R0801",
        ERROR,
        f"{where}的分值是 {plain(points)} 分，与各条标准合不上",
        (Label(source, span, results),),
        (suggestion(f"各条都计分的，改到相加是 {wanted} 分；只取一条的，改到最高一条是 {wanted} 分；或改正分值。"),),
        indicator,
    )


def no_points(source: SourceText, span: Span, name: str) -> Diagnostic:
    """Where a bracket after the name holds a number, that number is not above 0."""
    line = source.text[span.end :].split("\n", 1)[0]
    stated = re.match(r"\s*[（(][^（）()]*\d\s*分{0,1}\s*(?:）|\))", line)
    return Diagnostic(
        "R0802",
        ERROR,
        f"指标「{name}」的分值要大于 0" if stated else f"指标「{name}」没有写分值",
        (Label(source, span, f"写的是{stated[0].strip()}" if stated else "缺少分值"),),
        (suggestion("在名称后面写「（5分）」。"),),
        name,
    )


def points_as_range(
    source: SourceText, span: Span, name: str, low: Fraction, high: Fraction, points: Fraction
) -> Diagnostic:
    """`（3-5分）` after the name of an indicator."""
    return Diagnostic(
        "R0616",
        WARNING,
        f"指标「{name}」的分值写了一个范围，按 {plain(points)} 分计算",
        (Label(source, span, "分值应是一个数"),),
        (
            suggestion(
                f"只写满分，如「（{plain(high)}分）」；给分有范围的，在「口径」下写「可在{plain(low)}-{plain(high)}分之间酌情给分」。"
            ),
            reason(
                f"得满分时：分值是 {plain(high)} 分的得 {plain(high)} 分，分值是 {plain(low)} 分的得 {plain(low)} 分。"
            ),
        ),
        name,
    )


def no_standard(source: SourceText, span: Span, name: str, written: bool) -> Diagnostic:
    """`written`: there are sentences, but none gives or takes points."""
    what = "的评分标准里没有一句给分或扣分" if written else "没有评分标准"
    hint = "在「评分标准」下写明怎样得分" if written else "在指标下面写一行「评分标准」，再抄录各条标准"
    return Diagnostic(
        "R0212",
        ERROR,
        f"指标「{name}」{what}",
        (Label(source, span, "不能计分"),),
        (suggestion(f"{hint}，如「满意度≥90%的，得3分」「目标明确（3分）」。"),),
        name,
    )


def total_differs(source: SourceText, span: Span, what: str, stated: Fraction, found: Fraction) -> Diagnostic:
    return Diagnostic(
        "R0803",
        ERROR,
        f"{what}是 {plain(stated)} 分，各指标分值加起来是 {plain(found)} 分",
        (Label(source, span, f"写的是 {plain(stated)} 分"),),
        (suggestion("核对各指标的分值，或改正这里的数。"),),
    )


def no_scoring_method(source: SourceText) -> Diagnostic:
    return Diagnostic(
        "R0804",
        NOTE,
        "没有写计分办法，得分四舍五入保留两位小数，不分等级",
        (Label(source, Span(0, 0)),),
        (suggestion("在文件开头写「计分办法」，下面写「计分：…」「等级：…」「不适用：…」。"),),
    )


def grades_of_rounded(source: SourceText, span: Span, grades: tuple[core.GradeBand, ...], places: int) -> Diagnostic:
    """The first grade with a least score, and what is a hair below it."""
    best = next((g for g in grades if g.low is not None and g.low_inclusive), None)
    hints = [suggestion(f"在「计分办法」下加一行「计分：各三级指标得分四舍五入，保留{places}位小数」。")]
    if best is not None and best.low is not None:
        below = best.low - Fraction(4, 10 ** (places + 1))
        hints.append(
            reason(
                f"例如算得 {plain(below)} 分：程序先四舍五入成 {fixed(best.low, places)} 分，定为{best.name}；"
                f"不四舍五入的，够不上{best.name}。程序没有不四舍五入的算法。"
            )
        )
    return Diagnostic(
        "R0808",
        NOTE,
        "先四舍五入还是先定等级没有写，按四舍五入后的总分定",
        (Label(source, span, "没有写「计分」一行"),),
        tuple(hints),
    )


def unread_scoring(source: SourceText, span: Span) -> Diagnostic:
    return Diagnostic(
        "R0805",
        ERROR,
        "计分办法的这一行没有读懂",
        (Label(source, span, "没有读懂"),),
        (suggestion("写成「计分：…四舍五入，保留两位小数」「等级：90分（含）以上为优，…」「不适用：…不参评…」。"),),
    )


def contradictory_scoring(source: SourceText, span: Span, ways: tuple[str, ...]) -> Diagnostic:
    named = "又写".join(f"「{way}」" for way in ways)
    return Diagnostic(
        "R0805",
        ERROR,
        f"计分办法的这一行前后矛盾：写了{named}",
        (Label(source, span, "不知道照哪一种计"),),
        (suggestion("只留一种，写「不适用：不适用的指标得满分」或「不适用：不适用的指标不参评，…」。"),),
    )


def missing_header(source: SourceText, name: str, example: str) -> Diagnostic:
    return Diagnostic(
        "R0806",
        WARNING,
        f"文件开头没有写「{name}」",
        (Label(source, Span(0, 0)),),
        (suggestion(f"在第一个指标之前加一行「{example}」。"),),
    )


def unsettled_step(
    source: SourceText,
    span: Span,
    words: str,
    verb: str,
    example: str,
    results: tuple[tuple[str, str], ...],
    indicator: str,
) -> Diagnostic:
    """`verb`: whether a step takes points (扣) or adds them (加)."""
    each = "，".join(f"{name}的{verb} {points} 分" for name, points in results)
    step = results[0][0].removeprefix("满")
    lines = "，或".join(f"「“{words}”按{name}计」".replace("”按按", "”按") for name, _ in results)
    return Diagnostic(
        "R0601",
        WARNING,
        f"「{words}」的，不足{step}的部分怎样{verb}，没有说明",
        (Label(source, span, f"暂按满{step}才{verb}"),),
        (suggestion(f"在「口径」下加一行{lines}。"), reason(f"{example}时：{each}。")),
        indicator,
    )


def percent_or_points(
    source: SourceText,
    span: Span,
    words: str,
    better: str,
    word: str,
    example: str,
    results: tuple[str, str],
    indicator: str,
) -> Diagnostic:
    """`results` are the points taken off at `example`, in percentage points and in percent of the threshold."""
    remedy = (
        f"把「{words}」写成「{better}」；原文不能改的，在「口径」下加一行「“{word}”按百分点计」，"
        f"或「“{word}”按标准的百分之几计」。"
    )
    told = f"{example}时：按百分点扣 {results[0]} 分，按标准的百分之几扣 {results[1]} 分。"
    return _points_or_percent(source, span, words, remedy, told, indicator)


def growth_open(
    source: SourceText,
    span: Span,
    words: str,
    example: str,
    moves: tuple[str, str],
    given: str,
    indicator: str,
) -> Diagnostic:
    """`moves`: how far the rate of `example` moved, in percentage points and in percent of what it was."""
    remedy = f"写成「…个百分点」；原文不能改的，在「口径」下加一行「“{words}”按百分点计」，或「“{words}”按原来的百分之几计」。"
    told = f"{example} 时：按百分点是 {moves[0]} 个百分点，不符合；按原来的百分之几是 {moves[1]}%，符合，{given}。"
    return _points_or_percent(source, span, words, remedy, told, indicator)


def _points_or_percent(
    source: SourceText, span: Span, words: str, remedy: str, told: str, indicator: str
) -> Diagnostic:
    return Diagnostic(
        "R0609",
        WARNING,
        f"「{words}」是几个百分点还是百分之几，没有说明，按百分点计算",
        (Label(source, span, "比率之差，一般指百分点"),),
        (suggestion(remedy), reason(told)),
        indicator,
    )


def unsettled_deadline(
    source: SourceText, span: Span, word: str, names: tuple[str, ...], told: tuple[str, ...], indicator: str
) -> Diagnostic:
    """`told` says of a case what each of the readings `names` makes of it."""
    each = "；".join(f"按{name}计，{case}" for name, case in zip(names, told, strict=True))
    return Diagnostic(
        "R0621",
        WARNING,
        f"期限的{word}怎样算没有说明，按{names[0]}计算",
        (Label(source, span, f"也可以按{names[1]}计"),),
        (
            suggestion(f"在「口径」下加一行{'，或'.join(f'「“{word}”按{name}计」' for name in names)}。"),
            reason(f"{each}。"),
        ),
        indicator,
    )


def floor_differs(source: SourceText, span: Span, stated: Fraction, points: Fraction, indicator: str) -> Diagnostic:
    words = re.search(r"[\d.]+\s*分\s*扣完|扣[完满]\s*[\d.]+\s*分", source.slice(span))
    if words is not None:
        span = Span(span.start + words.start(), span.start + words.end())
    return Diagnostic(
        "R0604",
        ERROR,
        f"写的是扣完 {plain(stated)} 分为止，这一条的分值是 {plain(points)} 分",
        (Label(source, span, f"应为 {plain(points)} 分"),),
        (suggestion(f"对照印发原文，改为「扣完{plain(points)}分为止」，或改正分值。"),),
        indicator,
    )


def unusable_outcome(source: SourceText, span: Span, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0605",
        ERROR,
        "口径里给了评分标准以外的分数",
        (Label(source, span, "口径只能写得满分、得0分或不适用"),),
        (
            suggestion(
                "改为「…的，第1点得满分」「…的，第1点得0分」或「…的，第1点不适用」；其他给分写在「评分标准」里。"
            ),
        ),
        indicator,
    )
