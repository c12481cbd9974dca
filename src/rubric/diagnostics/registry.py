"""Every code ever issued.

Takes nothing; gives `CODES` and the names of the areas. Never a message: words live in the room's `errors.py`, reasons
on the page `explain/<code>.md`. A code is issued once, never renumbered or reused; a retired one keeps line and page.
"""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from rubric.diagnostics.model import Severity

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "01": "字词与标点",
        "02": "句子结构",
        "03": "名称",
        "04": "类别与单位",
        "05": "分档",
        "06": "扣分、加分与封顶",
        "07": "取值范围与证明",
        "08": "年度版本、分值与依据",
        "09": "数据与计分",
        "10": "导入",
        "11": "编写建议",
        "12": "文件与运行环境",
        "13": "自评核验",
        "14": "批量计分",
    }
)


@attrs.frozen
class Entry:
    """One code. `title` names the bad pattern; `severity` is the usual one; `room` the package it is made in."""

    code: str
    title: str
    severity: Severity
    room: str
    retired: bool = False

    @property
    def area(self) -> str:
        return AREAS[self.code[1:3]]


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

# One line per code, in order.
_ENTRIES = (
    Entry("R0201", "文件里没有三级指标", _E, "syntax"),
    Entry("R0202", "一行不在任何一栏之下", _W, "syntax"),
    Entry("R0203", "数据行有一处没有读懂", _W, "syntax"),
    Entry("R0204", "口径行没有读懂", _E, "syntax"),
    Entry("R0205", "句子没有说是什么在比较", _E, "semantics"),
    Entry("R0206", "像规则的标准没有读懂", _W, "semantics"),
    Entry("R0207", "括号或引号没有配对", _E, "syntax"),
    Entry("R0208", "一句话太长", _E, "syntax"),
    Entry("R0209", "句末括号里的数没有写分", _W, "semantics"),
    Entry("R0211", "以数据开头的一句话没有读懂", _W, "semantics"),
    Entry("R0212", "指标没有评分标准", _E, "semantics"),
    Entry("R0213", "序号重复或不连续", _W, "syntax"),
    Entry("R0214", "栏目名称写错了字", _E, "syntax"),
    Entry("R0301", "名称没有在数据或口径中写明", _W, "semantics"),
    Entry("R0302", "名称写错了字", _E, "semantics"),
    Entry("R0303", "对应的话不在评分标准里，或不止一处", _E, "syntax"),
    Entry("R0304", "一项数据写了两次", _E, "semantics"),
    Entry("R0305", "一个名称有两种意思", _E, "semantics"),
    Entry("R0306", "定义绕成了一圈", _E, "semantics"),
    Entry("R0307", "词语没有对应的数", _E, "semantics"),
    Entry("R0308", "两个指标同名", _E, "semantics"),
    Entry("R0309", "没有所说的第几点", _E, "semantics"),
    Entry("R0310", "一句话里的名称有两种断法", _W, "syntax"),
    Entry("R0401", "两个数不能相加减或比较", _E, "semantics"),
    Entry("R0402", "算式没有意义", _E, "semantics"),
    Entry("R0403", "得分等号后面不是分数", _E, "semantics"),
    Entry("R0404", "按期填列的数据没有说是哪一期", _E, "semantics"),
    Entry("R0405", "求和或平均只有一个数", _E, "semantics"),
    Entry("R0406", "正文与口径写的数不一致", _E, "semantics"),
    Entry("R0407", "季度末的月份不符", _W, "semantics"),
    Entry("R0408", "数据的界限没有读懂", _E, "semantics"),
    Entry("R0410", "得分的名称与算式不是同一期", _W, "semantics"),
    Entry("R0411", "扣分的量词与数据的单位不同", _W, "semantics"),
    Entry("R0412", "数据的单位像是写错了", _W, "semantics"),
    Entry("R0421", "算式除以百分数", _W, "semantics"),
    Entry("R0422", "两个比率相乘", _W, "semantics"),
    Entry("R0423", "数据和 100% 之间没有乘号", _W, "semantics"),
    Entry("R0424", "没有写达到、超过还是低于", _W, "semantics"),
    Entry("R0425", "得分的算式没有写分", _W, "semantics"),
    Entry("R0426", "分别计分的两边个数不同", _E, "semantics"),
    Entry("R0431", "日期没有年份", _E, "semantics"),
    Entry("R0432", "日历上没有这一天", _E, "semantics"),
    Entry("R0451", "没有写从哪一笔钱里支付", _E, "semantics"),
    Entry("R0501", "有一档永远用不上", _W, "analysis"),
    Entry("R0502", "分档有重叠", _W, "analysis"),
    Entry("R0503", "分档有空档", _W, "analysis"),
    Entry("R0504", "有一种情况没有对应的一档", _W, "analysis"),
    Entry("R0505", "两档的界限没有写含不含", _W, "semantics"),
    Entry("R0506", "分档用整数写，小数没有着落", _W, "analysis"),
    Entry("R0601", "不足一步的怎样扣没有说明", _W, "semantics"),
    Entry("R0602", "没有写扣完为止", _W, "semantics"),
    Entry("R0603", "得 0 分的范围没有说明", _W, "semantics"),
    Entry("R0604", "扣完的分数与分值不同", _E, "semantics"),
    Entry("R0605", "口径给了评分标准以外的分数", _E, "semantics"),
    Entry("R0606", "不足一步的怎样扣已有口径", _N, "analysis"),
    Entry("R0607", "口径已定，其他读法的得分不同", _N, "analysis"),
    Entry("R0608", "酌情给分的上限超过分值", _E, "semantics"),
    Entry("R0609", "百分之几还是几个百分点没有说明", _W, "semantics"),
    Entry("R0621", "期限的算法没有说明", _W, "semantics"),
    Entry("R0651", "限制到的等次不在各档之中", _E, "semantics"),
    Entry("R0701", "分母可能为 0，没有说明怎样计分", _W, "analysis"),
    Entry("R0702", "得分可能超出分值范围", _N, "analysis"),
    Entry("R0801", "分值与各条标准合不上", _E, "semantics"),
    Entry("R0802", "指标没有写分值", _E, "semantics"),
    Entry("R0803", "写明的合计与各指标分值之和不同", _E, "semantics"),
    Entry("R0804", "没有写计分办法", _N, "semantics"),
    Entry("R0805", "计分办法有一行没有读懂", _E, "semantics"),
    Entry("R0806", "文件开头缺少一项", _W, "semantics"),
    Entry("R0807", "正式还是示例修订没有读懂", _W, "semantics"),
    Entry("R0815", "可以计算的和由人评判的择一计分", _W, "semantics"),
    Entry("R0821", "没有这个年度版本", _E, "editions"),
    Entry("R0822", "年度版本有几份评分表，没有说明是哪一份", _E, "editions"),
    Entry("R0823", "年度版本中没有这份评分表", _E, "editions"),
    Entry("R0824", "年度版本中还没有评分表", _E, "editions"),
    Entry("R0825", "版本说明中有不认识的项目", _E, "editions"),
    Entry("R0826", "版本说明缺少必填的项目", _E, "editions"),
    Entry("R0827", "版本说明中的内容写法不对", _E, "editions"),
    Entry("R0828", "版本说明的年度与文件夹的名称不一致", _W, "editions"),
    Entry("R0829", "版本说明的写法读不通", _E, "editions"),
    Entry("R0830", "年度版本要求更新的程序", _E, "editions"),
    Entry("R0901", "数据文件有一处读不通", _E, "facts"),
    Entry("R0902", "数据文件里引用别处或指定类别", _E, "facts"),
    Entry("R0903", "数据文件套得太深或内容太多", _E, "facts"),
    Entry("R0904", "一项写了两次", _E, "facts"),
    Entry("R0905", "内容的样子不对", _E, "facts"),
    Entry("R0906", "没有这一栏", _E, "facts"),
    Entry("R0907", "没有这项数据", _E, "facts"),
    Entry("R0908", "评分表里没有这个指标的名称", _E, "facts"),
    Entry("R0909", "没有这项评判", _E, "facts"),
    Entry("R0910", "没有可选的这条口径", _E, "facts"),
    Entry("R0911", "数据文件写的口径没有这种取法", _E, "facts"),
    Entry("R0912", "只有一种口径，写的没有用到", _W, "facts"),
    Entry("R0913", "数据的口径与本次的不同", _E, "facts"),
    Entry("R0914", "没有写明数据的口径", _N, "facts"),
    Entry("R0915", "没有写来源和依据", _N, "facts"),
    Entry("R0916", "依据的写法不对", _E, "facts"),
    Entry("R0917", "没有这一期", _E, "facts"),
    Entry("R0918", "没有这一列", _E, "facts"),
    Entry("R0919", "金额没有写单位", _E, "facts"),
    Entry("R0920", "比率没有写百分号", _E, "facts"),
    Entry("R0921", "分隔号的位置不对", _E, "facts"),
    Entry("R0922", "花括号里的数在逗号处断开", _E, "facts"),
    Entry("R0923", "单位不对", _E, "facts"),
    Entry("R0924", "应为一个确定的数或日期", _E, "facts"),
    Entry("R0925", "只写了一条横线", _E, "facts"),
    Entry("R0926", "小数位数太多", _E, "facts"),
    Entry("R0927", "数据超出界限", _E, "facts"),
    Entry("R0928", "应为是或否", _E, "facts"),
    Entry("R0929", "没有这种情况", _E, "facts"),
    Entry("R0930", "评判的分数超出范围", _E, "facts"),
    Entry("R0931", "评判给了原文没有的中间分", _W, "facts"),
    Entry("R0932", "评判应写分数", _E, "facts"),
    Entry("R0933", "扣了分而没有写理由", _W, "facts"),
    Entry("R0934", "评判是对另一句原文作出的", _W, "facts"),
    Entry("R0935", "自评或复核得分超出分值", _W, "facts"),
    Entry("R0936", "数据与评分表不是同一年度", _W, "facts"),
    Entry("R0951", "标准还不能计算，指标待定", _W, "evaluator"),
    Entry("R0952", "分母是 0，标准没有说怎样计分", _W, "evaluator"),
    Entry("R0953", "数据不合任何一条标准", _W, "evaluator"),
    Entry("R0956", "不知道这一年的节假日", _W, "evaluator"),
    Entry("R1101", "像是可以计算的标准由人评判", _W, "semantics"),
    Entry("R1102", "数据没有用到", _W, "analysis"),
    Entry("R1103", "口径没有用到", _W, "analysis"),
    Entry("R1104", "口径的两种取法没有差别", _W, "analysis"),
    Entry("R1201", "文件是空的", _E, "diagnostics"),
    Entry("R1202", "文件不是文本，或太大", _E, "diagnostics"),
    Entry("R1203", "文件不是 UTF-8 编码", _E, "diagnostics"),
    Entry("R1204", "文件中有损坏的文字", _E, "diagnostics"),
    Entry("R1210", "没有这个命令", _E, "cli"),
    Entry("R1211", "没有这个选项", _E, "cli"),
    Entry("R1212", "命令缺少内容", _E, "cli"),
    Entry("R1213", "选项的内容写法不对", _E, "cli"),
    Entry("R1214", "命令中多出内容", _E, "cli"),
    Entry("R1215", "文件已经存在", _E, "errors"),
    Entry("R1216", "没有这个指标，或不止一个", _E, "errors"),
    Entry("R1217", "没有这条口径，或不止一条", _E, "errors"),
    Entry("R1218", "口径没有这种取法，或不止一种", _E, "errors"),
    Entry("R1219", "没有这个编号", _E, "cli"),
    Entry("R1220", "文件找不到或打不开", _E, "errors"),
    Entry("R1221", "文件写不进去", _E, "errors"),
    Entry("R1222", "试算的数据写法不对", _E, "cli"),
    Entry("R1223", "试算的两种用法写在了一起", _E, "cli"),
    Entry("R1224", "试算文件的一行不是 JSON", _E, "cli"),
    Entry("R1225", "试算文件的一行缺少内容", _E, "cli"),
    Entry("R1226", "试算文件的一行内容不对", _E, "cli"),
    Entry("R1227", "评分表和数据文件写反了", _E, "cli"),
    Entry("R1228", "文件没有排版", _E, "errors"),
    Entry("R1301", "自评偏高", _W, "audit"),
    Entry("R1302", "自评偏低", _W, "audit"),
    Entry("R1303", "自评的分数不可能得到", _W, "audit"),
    Entry("R1304", "自评用的是另一口径", _W, "audit"),
    Entry("R1305", "自评无法核验", _N, "audit"),
    Entry("R1310", "自评总分与各指标自评之和不同", _W, "audit"),
    Entry("R1311", "有的指标没有自评", _N, "audit"),
)

CODES: Mapping[str, Entry] = MappingProxyType({entry.code: entry for entry in _ENTRIES})
