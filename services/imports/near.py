"""Names of columns that say the same in other words: 资产存放地 is 存放地点, Bldg No. is building number.

A name and the known ones are brought to one form; a form that two fields share says nothing, unless it is itself the
known name of one of them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from services.imports.words import fold, plain, synonyms, vocabulary

# What a name may carry without meaning another thing.
_BEFORE = re.compile(
    "(?:固定资产|固资|资产|设备|物品|物资|财产|实物|房屋|目前|当前|现有|现|实际|主要|具体|详细|所在|位于)"
)
_AFTER = re.compile("(?:名称|姓名|信息|说明|栏)$")
_SAME = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("(?:统一|唯一)(?=编|代)", ""),
        ("(?:编码|代码|代号|号码|编号|号)$", "编号"),
        ("(?:日期|时间|年月日|年月|年份|年代)$", "日期"),
        ("(?<=产权|权属)(?:状况|状态|情况|性质|形式|归属|类型|方式)$", ""),
        ("产权$", "权属"),
        ("(?:状况|状态|情况|现状)$", "状况"),
        ("(?:地点|位置|地址|处所|场所|处|地)$", "地点"),
        ("(?:途径|方式|方法|渠道)$", "方式"),
        ("(?:摆放|安放|放置|安置|存放)", "存放"),
        ("(?:购买|购入|采购|购进|购建|购置)", "购置"),
        ("(?:金额|价格|价值|价款|价)$", "价"),
        ("(?:部门|处室|科室|机构|单位)", "部门"),
        ("(?:归属|隶属|所属)", "所属"),
        ("(?:院落|院区|大院|小区)", "大院"),
        ("(?:楼栋|楼座|楼宇|大楼|幢|栋)", "楼"),
        ("楼层", "层"),
        ("(?<=.)总|总(?=.)", ""),
        ("(?:人员|员|者)$", "人"),
        ("^(?:职员|员工|人员|职工|干部)", "人"),
        ("(?<!姓)名$", "名称"),
    )
)
_ENGLISH = {
    "no": "number", "num": "number", "nr": "number", "id": "number", "code": "number", "ref": "number",
    "reference": "number", "bldg": "building", "facility": "building", "property": "building", "yr": "year",
    "comments": "note", "comment": "note", "notes": "note", "remarks": "note", "remark": "note", "floors": "floor",
    "storeys": "floor", "stories": "floor", "count": "number", "ownership": "tenure", "constructed": "construction",
    "built": "construction", "dept": "department", "qty": "quantity",
}  # fmt: skip
_IDLE = frozenset(("of", "the", "total", "current", "general", "type", "name", "title", "additional", "s"))
_TOKEN = re.compile(r"[a-z0-9²]+|#")
_OR = re.compile("[/、&]|和|及|或")


@lru_cache(maxsize=4096)
def near(kind: str, text: str) -> str:
    """The field that a name means in other words than the known ones; "" when it means none, or one of several."""
    names = [part for part in _OR.split(text) if fold(part)]
    if len(names) > 1:
        known = vocabulary(kind)
        meant = {known[fold(part)][0] if fold(part) in known else _forms(kind).get(form(part), "") for part in names}
        if len(meant) == 1 and (field := meant.pop()):
            return field
    return _forms(kind).get(form(text), "")


def form(text: str) -> str:
    """The form that names of one meaning share."""
    text = plain(text)
    if text.isascii():
        tokens = {_ENGLISH.get(token, token) for token in _TOKEN.findall(text.replace("#", " number "))}
        return " ".join(sorted(tokens - _IDLE or tokens))
    text = fold(text)
    while (found := _BEFORE.match(text)) and len(text) - found.end() > (found[0] != "所在"):
        text = text[found.end() :]
    for pattern, said in _SAME:
        text = pattern.sub(said, text)
    shorter = _AFTER.sub("", text)
    return shorter or text


@cache
def _forms(kind: str) -> dict[str, str]:
    fields = dict[str, set[str]]()
    own = dict[str, str]()
    for word, (field, _) in [*vocabulary(kind).items(), *synonyms(kind, raw=True).items()]:
        fields.setdefault(shape := form(word), set()).add(field)
        if shape == word:
            own[word] = field
    return {shape: next(iter(found)) for shape, found in fields.items() if len(found) == 1} | own
