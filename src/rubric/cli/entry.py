"""The entry point `rubric`.

Takes the arguments of the process; gives its exit code: 0 done (also where claimed scores are wrong), 1 a finding named
by --fail-on or a file that fmt --check would change, 2 input or usage refused, 3 a fault of ours. Never lets a traceback
out, except under RUBRIC_DEBUG=1.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from rubric.cli import errors
from rubric.cli.output import DONE, FAULT, REFUSED, Refused, use_utf8, write, write_refusal
from rubric.cli.words import listing, option_lines, refusal_of

# Name → words for the list of commands. The module `rubric.cli.<name>_command` is imported when the command is used.
COMMANDS = {
    "score": "按评分表给一份数据计分，核验自评得分",
    "facts": "给出一份空白的数据文件",
    "check": "检查评分表：计分方式、口径、发现的问题",
    "draw": "把各指标的得分画成曲线，标出跳档和一个部门的位置",
    "try": "拿一句评分标准和几个数当场试算",
    "improve": "看哪些数据要到什么程度，得分才能提高",
    "fmt": "把评分表中自己加的内容排成统一的样子，印发原文一字不动",
    "test": "运行评分表的用例：数据和应得的分数",
    "population": "生成一批部门的数据，用来看评分表打分的情形",
    "diff": "比较两个年度的评分表：改了什么，得分会怎样变",
    "impact": "看一次修订对各部门得分和等级的影响",
    "new": "由往年的评分表起草新一年的年度版本",
    "lock": "锁定已正式印发的年度版本，以后有改动就指出来",
    "explain": "说明一个编号（如 R0901）是什么问题、怎样改",
    "list": "列出可用的年度版本",
}
_ALIASES = {"editions": "list"}

_INTRODUCTION = "rubric：按印发的评分标准原文，给部门整体支出绩效评价计分并核验自评。"
_EXAMPLES = """\
示例：
  rubric score 2022 数据.yaml                       计分
  rubric score 2022 数据.yaml --explain 预算执行率   一个指标的全部依据
  rubric facts 2022 --output 数据.yaml              先取一份空白数据文件

退出码：0 完成（自评有误也是 0）；1 出现 --fail-on 指定的情形，fmt --check 发现需要排版的文件，或 test 有用例不符；2 输入或用法有误；3 程序自身出错"""


class Root(click.Group):
    """The commands, each imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        command: object = import_module(f"rubric.cli.{name}_command").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None:
            from difflib import get_close_matches

            near = get_close_matches(name, [*COMMANDS, *_ALIASES], n=1, cutoff=0.6)
            raise Refused([errors.unknown_command(name, near[0] if near else None, list(COMMANDS))])
        return name, command, args[1:]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明"
        return option

    def get_help(self, ctx: click.Context) -> str:
        lines = [_INTRODUCTION, "", "用法：rubric 命令 [选项] …", "", "命令：", *listing(list(COMMANDS.items())), ""]
        return "\n".join([*lines, *option_lines(self, ctx), "", _EXAMPLES])


def _root() -> click.Group:
    version = click.Option(["--version"], is_flag=True, help="显示版本")

    def run(version: bool) -> None:
        ctx = click.get_current_context()
        if version:
            from rubric.language import LANGUAGE_VERSION
            from rubric.version import __version__

            write(f"rubric {__version__}（语言第 {LANGUAGE_VERSION} 版）")
        elif ctx.invoked_subcommand is None:
            write(ctx.get_help())

    return Root("rubric", callback=run, params=[version], invoke_without_command=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` are those of the process where None."""
    use_utf8()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away; what is still buffered must not raise again when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _run(arguments: list[str]) -> int:
    # Not `Group.main`, which would also look after broken pipes and completion in its own way.
    root = _root()
    try:
        with root.make_context("rubric", arguments) as ctx:
            code: object = root.invoke(ctx)
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except Refused as refused:
        write_refusal(refused)
        return REFUSED
    except click.UsageError as error:
        write_refusal(Refused([refusal_of(error)]))
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - the one place where a fault of ours becomes a sentence
        _write_fault()
        return FAULT


def _write_fault() -> None:
    sys.stderr.write("程序自身出了错，不是您的材料有问题。请把所用的命令和文件报告给维护者。\n")
    if os.environ.get("RUBRIC_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    else:
        sys.stderr.write("说明：设 RUBRIC_DEBUG=1 再运行一次，可看到报告时需要的详情。\n")
