"""click in Chinese.

Takes click's commands, options and exceptions; gives help texts and findings in Chinese. Never click's own words.

click decides what was typed; every sentence about it is ours. So commands use the class here, and the values of options
are read by the callbacks here, which raise `Refused` with a finding of `cli.errors` where click would use its own.
"""

from collections.abc import Callable, Mapping, Sequence

import click

from rubric.cli import errors
from rubric.cli.output import Refused
from rubric.diagnostics.model import Diagnostic
from rubric.reporting.table import table, wrap

_WIDTH = 96


class Command(click.Command):
    """A command whose help is Chinese: `help` first, then options, then `epilog` (examples) as it stands."""

    def __init__(self, name: str | None, **attrs: object) -> None:
        super().__init__(name, **attrs)  # type: ignore[arg-type]
        self.allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # click leaves the command out of some of its errors; the remedy needs it.
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise Refused([errors.extra_arguments(ctx.args, usage(self, ctx))])
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _chinese_help(super().get_help_option(ctx))

    def get_help(self, ctx: click.Context) -> str:
        lines = [f"用法：{usage(self, ctx)}", "", *_paragraphs(self.help), *option_lines(self, ctx)]
        return "\n".join([*lines, "", self.epilog.strip("\n")] if self.epilog else lines)


_Callback = Callable[[click.Context, click.Parameter, object], object]


def one_of(*words: str) -> _Callback:
    """One of a few words."""

    def read(ctx: click.Context, param: click.Parameter, value: object) -> object:
        if value not in words:
            raise Refused([errors.unknown_value(param.opts[-1], str(value), words)])
        return value

    return read


def some_of(words: Mapping[str, str]) -> _Callback:
    """Several of a few words, separated by commas of either width; `words` maps each spelling to its meaning."""

    def read(ctx: click.Context, param: click.Parameter, value: object) -> object:
        found = str(value).replace("，", ",").replace("、", ",").split(",")
        written = [word.strip() for word in found if word.strip()]
        for word in written:
            if word not in words:
                raise Refused([errors.unknown_value(param.opts[-1], word, tuple(words))])
        return tuple(words[word] for word in written)

    return read


def whole_number(low: int, high: int) -> _Callback:
    """A whole number from `low` to `high`, or nothing."""

    def read(ctx: click.Context, param: click.Parameter, value: object) -> object:
        if value is None:
            return None
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
            raise Refused([errors.not_a_number(param.opts[-1], text, low, high)])
        return int(text)

    return read


def refusal_of(error: click.UsageError) -> Diagnostic:
    """What click noticed, as a finding."""
    ctx = error.ctx
    match error:
        case click.NoSuchOption():
            from difflib import get_close_matches

            known = _options(ctx)
            near = get_close_matches(error.option_name, known, n=1, cutoff=0.6)
            return errors.unknown_option(error.option_name, near[0] if near else None, known)
        case click.BadOptionUsage():
            takes_value = any(
                error.option_name in param.opts and not getattr(param, "is_flag", False)
                for param in (ctx.command.params if ctx is not None else ())
            )
            return errors.missing_value(error.option_name) if takes_value else errors.needless_value(error.option_name)
        case click.MissingParameter():
            name = _metavar(error.param) if error.param is not None else ""
            return errors.missing_argument(name, usage(ctx.command, ctx) if ctx is not None else "rubric --help")
        case _:
            return errors.extra_arguments([], usage(ctx.command, ctx) if ctx is not None else "rubric --help")


def usage(command: click.Command, ctx: click.Context) -> str:
    """`rubric score [选项] 评分表 数据文件`."""
    arguments = [_metavar(param) for param in command.params if isinstance(param, click.Argument)]
    return " ".join([ctx.command_path, "[选项]", *arguments])


def option_lines(command: click.Command, ctx: click.Context) -> list[str]:
    """The list of options, each with its words beside it."""
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    names = [f"{'、'.join(option.opts)}{f' {option.metavar}' if option.metavar else ''}" for option in options]
    return ["选项：", *listing([(name, option.help or "") for name, option in zip(names, options, strict=True)])]


def listing(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Names in a column, their words wrapped beside them."""
    drawn = table([("  " + name, "") for name, _ in rows], ["left", "left"])
    from rubric.source import display_width

    cells = max((display_width(line) for line in drawn), default=0) + 2
    lines: list[str] = []
    for line, (_, words) in zip(drawn, rows, strict=True):
        first = line + " " * (cells - display_width(line))
        lines += wrap(words, _WIDTH, first, " " * cells)
    return lines


def _paragraphs(text: str | None) -> list[str]:
    lines: list[str] = []
    for paragraph in (text or "").strip().split("\n\n"):
        lines += [*wrap("".join(line.strip() for line in paragraph.splitlines()), _WIDTH), ""]
    return lines


def _chinese_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示本说明"
    return option


def _options(ctx: click.Context | None) -> list[str]:
    params = ctx.command.get_params(ctx) if ctx is not None else []
    return [name for param in params if isinstance(param, click.Option) for name in param.opts]


def _metavar(param: click.Parameter) -> str:
    return param.metavar or (param.name or "")


def format_option(*more: tuple[str, str]) -> click.Option:
    """`--format`, alike in every command that has a JSON form; `more` are further forms, each with its words."""
    names = ("text", "json", *(name for name, _ in more))
    words = "".join(f"、{meaning}" for _, meaning in more)
    return click.Option(
        ["--format"],
        metavar="|".join(names),
        callback=one_of(*names),
        default="text",
        help=f"输出文字（默认）{words}或 JSON" if more else "输出文字（默认）或 JSON",
    )


def width_option() -> click.Option:
    """`--width`, alike in every command that prints a table."""
    return click.Option(
        ["--width"],
        metavar="列数",
        callback=whole_number(60, 400),
        help="每行最多的列数（一个汉字占两列），默认 100",
    )
