"""`rubric population RUBRIC -o DIR|FILE`.

Takes a rubric; writes made-up departments as facts files in a new folder, or as lines of JSON in a new file. Never writes over
anything, and every file says 生成数据.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from rubric.cli.opening import opened
from rubric.cli.output import DONE, Refused, write
from rubric.cli.words import Command, whole_number

_HELP = """
按评分表声明的范围、小数位数和单位，生成一批部门的数据和评判，用来看评分表对许多部门打分的情形。

数据之间有自然的关系：部分不超过整体，累计数逐期不减，支出与预算相当。同一个种子在任何机器上生成的都相同。
每个文件和以后的各项结果里都写明“生成数据”，不是任何单位的真实数据。
"""
_EPILOG = """\
示例：
  rubric population 2022 -n 200 --seed 7 -o 生成数据
  rubric population 2022 -n 1000 --edges -o 边界.jsonl
  rubric score 2022 生成数据                       给这些部门计分"""


def _population(rubric: str, number: int, seed: int, edges: bool, output: str) -> int:
    from rubric.population.departments import ASSUMPTIONS, population_of

    table = opened(rubric)
    if not table.program.data and not table.program.judgements:
        from rubric.population.errors import nothing_asked

        raise Refused([nothing_asked(rubric)])
    path = Path(output)
    population = population_of(table.program, seed, edges=edges)
    texts = _texts(population, number)
    if path.suffix.lower() == ".jsonl":
        _write_lines(path, texts)
        wrote = f"已写入 {output}：{number} 行，每行一个部门"
    else:
        _write_folder(path, texts, number)
        wrote = f"已写入文件夹 {output}：{number} 份数据文件"
    write(f"{wrote}（生成数据，种子 {seed}{'，多取界限上的数' if edges else ''}）")
    write("生成时的假定，评分表没有写：")
    write("\n".join(f"  {text}" for text in ASSUMPTIONS))
    return DONE


def _texts(population: object, number: int) -> Iterator[str]:
    from rubric.facts.written import written_facts
    from rubric.population.departments import LABEL, Population, department

    assert isinstance(population, Population)
    program, seed = population.program, population.seed
    for index in range(1, number + 1):
        edges = "，多取界限上的数" if population.edges else ""
        heading = (
            f"{LABEL}：按「{program.title}」声明的范围生成（种子 {seed}，第 {index} 个{edges}），不是任何单位的真实数据",
        )
        yield written_facts(program, department(population, index), heading)


def _write_folder(folder: Path, texts: Iterator[str], number: int) -> None:
    from rubric.errors import unwritable_file
    from rubric.files import write_new
    from rubric.population.errors import folder_not_empty, neither_folder_nor_lines

    if folder.suffix and not folder.is_dir():
        raise Refused([neither_folder_nor_lines(str(folder))])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused([folder_not_empty(str(folder))])
    except OSError:
        raise Refused([unwritable_file(str(folder))]) from None
    digits = max(4, len(str(number)))
    for index, text in enumerate(texts, start=1):
        finding = write_new(folder / f"生成部门{index:0{digits}}.yaml", text)
        if finding is not None:
            raise Refused([finding])


def _write_lines(path: Path, texts: Iterator[str]) -> None:
    import yaml

    from rubric.files import write_new

    # BaseLoader leaves every value the text that it is; `rubric.load(…).score` takes such a mapping.
    lines = (
        json.dumps({"性质": "生成数据", **yaml.load(text, Loader=yaml.BaseLoader)}, ensure_ascii=False)
        for text in texts
    )
    finding = write_new(path, "".join(f"{line}\n" for line in lines))
    if finding is not None:
        raise Refused([finding])


command = Command(
    "population",
    callback=_population,
    help=_HELP,
    epilog=_EPILOG,
    params=[
        click.Argument(["rubric"], metavar="评分表"),
        click.Option(
            ["-n", "--number"],
            metavar="个数",
            callback=whole_number(1, 100_000),
            default="100",
            help="生成多少个部门，默认 100",
        ),
        click.Option(
            ["--seed"],
            metavar="种子",
            callback=whole_number(0, 999_999_999),
            default="1",
            help="同一个种子生成的相同，默认 1",
        ),
        click.Option(["--edges"], is_flag=True, help="多取界限上和界限两边的数"),
        click.Option(
            ["-o", "--output"], metavar="文件夹或文件", required=True, help="新文件夹，或以 .jsonl 结尾的新文件"
        ),
    ],
)
