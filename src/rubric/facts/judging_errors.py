"""What can be wrong with judgements and claimed scores: one function per finding.

Takes the facts of the case, the place first; gives the `Diagnostic`. Never decides whether something is wrong.
"""

from rubric.diagnostics.model import Diagnostic, Severity, reason, suggestion
from rubric.facts.nodes import Spot, shortened


def points_out_of_range(at: Spot, indicator: str, label: str, value: str, low: str, high: str) -> Diagnostic:
    return Diagnostic(
        "R0930",
        Severity.ERROR,
        f"「{label}」评了 {value} 分，应在 {low} 分（含）到 {high} 分（含）之间",
        at.labels("超出这一条的分值"),
        (suggestion("按这一条的分值评分，不按整个指标的分值"),),
        indicator,
    )


def partial_mark(at: Spot, indicator: str, label: str, value: str, low: str, high: str) -> Diagnostic:
    return Diagnostic(
        "R0931",
        Severity.WARNING,
        f"「{label}」评了 {value} 分，按原文只有 {low} 分或 {high} 分",
        at.labels("只给了部分分数"),
        (reason("原文没有写酌情，按是否符合评分；这个分数照用，请复核"),),
        indicator,
    )


def yes_for_points(at: Spot, indicator: str, label: str, low: str, high: str) -> Diagnostic:
    return Diagnostic(
        "R0932",
        Severity.ERROR,
        f"「{label}」可以酌情给分，应写 {low} 到 {high} 之间的分数，不写是或否",
        at.labels("应写分数"),
        (suggestion(f"写成 得分: {high}分"),),
        indicator,
    )


def not_points(at: Spot, name: str, text: str, indicator: str) -> Diagnostic:
    return Diagnostic(
        "R0932",
        Severity.ERROR,
        f"「{name}」写的是「{shortened(text)}」，应为分数",
        at.labels("读不出分数"),
        (suggestion("写成 1 或 1.00分"),),
        indicator,
    )


def no_reason(at: Spot, indicator: str, label: str, lost: str) -> Diagnostic:
    return Diagnostic(
        "R0933",
        Severity.WARNING,
        f"「{label}」扣了 {lost} 分，没有写理由",
        at.labels("缺少理由"),
        (suggestion("加一行 理由: ……，写明为什么扣分"),),
        indicator,
    )


def other_sentence(at: Spot, indicator: str, label: str, sentence: str, fingerprint: str) -> Diagnostic:
    return Diagnostic(
        "R0934",
        Severity.WARNING,
        f"「{label}」的评判是对另一句原文作出的，本次没有采用",
        at.labels(f"现在的原文是：{shortened(sentence, 60)}"),
        (suggestion(f"对照现在的原文重新评判，再写 原文: {fingerprint}"), reason("原文改动后，原来的评判不自动沿用")),
        indicator,
    )


def claim_out_of_range(at: Spot, section: str, indicator: str, value: str, points: str) -> Diagnostic:
    return Diagnostic(
        "R0935",
        Severity.WARNING,
        f"「{indicator}」的{section}得分是 {value} 分，应在 0 分到 {points} 分之间",
        at.labels(f"分值是 {points} 分"),
        (suggestion("核对是不是填错了行"),),
        indicator,
    )
