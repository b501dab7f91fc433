"""The shapes of ten registers, and two sets of the words that people write above their columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.imports.paper import Page


@dataclass(frozen=True)
class Column:
    """What stands in a column: the key of its names, the field it is (None: there is none for it), what its cells say
    (nothing: they count), the wider name it may stand below, and whether every office has it."""

    word: str
    field: str | None
    cells: tuple[Any, ...] = ()
    group: str = ""
    always: bool = False


@dataclass(frozen=True)
class Shape:
    """One kind of register."""

    name: str
    kind: str
    format: str
    columns: list[Column]
    titles: list[str] = field(default_factory=list)
    prefix: str = "N"
    signed: bool = False
    months: int = 0

    def sheets(self, page: Page) -> dict[str, Page]:
        """The page as the sheets of its workbook: one, or the months of a year."""
        if not self.months:
            return {"Sheet1": page}
        made = {}
        for month in range(1, self.months + 1):
            rows = [[f"{month}-{c}" if str(c).startswith(self.prefix) else c for c in row] for row in page.rows]
            made[f"{month}月"] = Page(rows, page.merged)
        return made


def _col(word: str, field: str | None, *cells: Any, group: str = "", always: bool = False) -> Column:
    return Column(word, field, cells, group, always)


_THINGS = ("空调机", "办公桌", "打印机")
_ASSET = [
    _col("line", "line"),
    _col("asset number", "number", "x", always=True),
    _col("asset name", "name", *_THINGS, always=True),
    _col("model", "model", "KFR-35", "1.4米"),
    _col("quantity", "quantity", 1, 2),
    _col("measure", "measure", "台", "张"),
    _col("cost", "cost", 0.5, 0.33, group="money"),
    _col("net value", "net_value", 0.2, 0.1, group="money"),
    _col("bought", "acquired_on", "2019-03-05", "2020.6"),
    _col("how", "acquisition", "购置", "调拨"),
    _col("status", "status", "在用", "闲置"),
    _col("unit", "unit", "办公室", "财务处", group="use"),
    _col("keeper", "keeper", "李秀英", "王建国", group="use"),
    _col("place", "place", "302室", "仓库", group="use"),
    _col("supplier", None, "甲公司", "乙公司"),
    _col("warranty", None, "三年", "一年"),
    _col("note", "note", "", "完好"),
]
_BUILDING = [
    _col("line", "line"),
    _col("compound", "compound", "建设路大院"),
    _col("building code", "code", "x", always=True),
    _col("building name", "name", "主楼", "附楼", always=True),
    _col("area", "area", 1200.5, 800, group="areas"),
    _col("inner area", None, 900.5, 600, group="areas"),
    _col("floors", "floors", 6, 3),
    _col("built", "built_year", 1985, 1999),
    _col("tenure", "tenure", "自有", "租用"),
    _col("state", "state", "在用", "闲置"),
    _col("address", "address", "建设路8号", "西湖里3号"),
    _col("structure", None, "砖混", "框架"),
    _col("deed", None, "京房权证1号", "京房权证2号"),
    _col("note", "note", "", "待修"),
]
_ENGLISH = [
    _col("en code", "code", "x", always=True),
    _col("en name", "name", "North Wing", "Annex", always=True),
    _col("en compound", "compound", "Harbour Site"),
    _col("en address", "address", "1 High Street"),
    _col("en area", "area", "12,500", "800"),
    _col("en floors", "floors", 4, 2),
    _col("en built", "built_year", 1974, 2001),
    _col("en tenure", "tenure", "Owned", "Leased"),
    _col("en state", "state", "Active", "Vacant"),
    _col("en manager", None, "J. Smith", "A. Jones"),
    _col("en energy", None, "C", "D"),
    _col("en note", "note", "", "roof leaks"),
]
SHAPES = [
    Shape("固定资产登记表, two lines, 万元", "assets", "xlsx", _ASSET, ["某局固定资产登记表", "单位：万元"], "ZC",
          True),
    Shape("房屋台账, xlsx", "buildings", "xlsx", _BUILDING, ["房屋台账"], "F", True),
    Shape("人员花名册, xls", "staff", "xls", [
        _col("line", "line"), _col("staff number", "number", "x", always=True),
        _col("person", "name", "李秀英", "王建国", always=True), _col("sex", None, "男", "女"),
        _col("staff unit", "unit", "办公室", "财务处", always=True), _col("post", None, "科员", "处长"),
        _col("phone", None, "8812", "8813"), _col("born", None, "1980-02", "1975-11"),
    ], ["机关人员花名册"], "P"),
    Shape("单位名录, xlsx", "organizations", "xlsx", [
        _col("line", "line"), _col("org code", "code", "x", always=True),
        _col("org name", "name", "办公室", "财务处", always=True), _col("parent", "parent", "", always=True),
        _col("phone", None, "8812", "8813"), _col("head", None, "赵磊", "周敏"), _col("staffing", None, 12, 30),
    ], ["机构名录"], "D"),
    Shape("院落一览表, xlsx", "compounds", "xlsx", [
        _col("line", "line"), _col("yard code", "code", "x", always=True),
        _col("yard name", "name", "建设路大院", "西湖里", always=True), _col("yard kind", "kind", "办公", "住宅"),
        _col("address", "address", "建设路8号", "西湖里3号"), _col("yard unit", "unit", ""),
        _col("land", None, 12000, 8000), _col("gatekeeper", None, "老张", "老李"), _col("phone", None, "8812"),
    ], ["院落一览表"], "Y"),
    Shape("资产卡片, old class codes, ods", "assets", "ods", [
        _col("asset number", "number", "x", always=True), _col("asset name", "name", *_THINGS, always=True),
        _col("class", "class_code", "2010105", "023100", "603", always=True), _col("brand", "brand", "联想", "格力"),
        _col("model", "model", "KFR-35", "1.4米"), _col("serial", "serial", "SN8812", "SN9913"),
        _col("cost yuan", "cost", "4980", "3299"), _col("bought", "acquired_on", "1998.5", "2006-03-01"),
        _col("voucher", "voucher", "记-12", "记-33"), _col("building", "building", "1号楼"),
        _col("room", "room", "302", "101"), _col("keeper", "keeper", "李秀英"), _col("life", None, "5年", "8年"),
    ], ["固定资产卡片汇总"], "K"),
    Shape("monthly sheets, xlsx", "assets", "xlsx", _ASSET, ["当月新增资产"], "M", True, 3),
    Shape("English FM export, sq ft, xlsx", "buildings", "xlsx", _ENGLISH, [], "B"),
    Shape("办公用房登记表, ods", "rooms", "ods", [
        _col("line", "line"), _col("building", "building", "1号楼", always=True),
        _col("room", "number", "x", always=True), _col("room name", "name", "会议室", "值班室"),
        _col("level", "floor", "3层", "1层"), _col("use room", "use", "办公室", "设备用房"),
        _col("room area", "area", "18.5", "32"), _col("occupants", None, "2", "3"),
        _col("who sits", None, "李秀英", "王建国"), _col("note", "note", "", "朝南"),
    ], ["办公用房登记表"], "R"),
    Shape("GB18030 csv with semicolons", "assets", "csv", [c for c in _ASSET if not c.group or c.word == "cost"], [],
          "C"),
]  # fmt: skip

_T: dict[str, list[str]] = {
    "line": ["序号", "序 号", "编次", "No"],
    "asset number": ["资产编号", "固定资产编号", "资产标签号", "卡片编码", "实物编号", "财产编号"],
    "asset name": ["资产名称", "固定资产名称", "物资名称", "资产全称", "设备（物品）名称", "财产名称"],
    "model": ["规格型号", "规格、型号", "型号/规格", "主要规格型号", "技术规格"],
    "quantity": ["数量", "数量（台/套）", "件数", "数 量"],
    "measure": ["计量单位", "计量 单位", "单位（计量）", "量词"],
    "money": ["价值（万元）", "金额（万元）", "账面价值（万元）"],
    "cost": ["原值", "账面原值", "购置原值", "资产原值（价值）", "购买原价"],
    "cost yuan": ["原值（元）", "原始价值/元", "入账原值（元）", "购置价格（元）"],
    "net value": ["净值", "账面净值", "剩余价值", "期末净值", "净残值额"],
    "bought": ["购置日期", "取得时间", "入账日期", "购置年月", "采购日期", "购入年月日"],
    "how": ["取得方式", "来源方式", "购置方式", "资产取得方式"],
    "status": ["使用状况", "目前状况", "当前使用状态", "资产现状"],
    "use": ["使用情况", "使用管理信息", "使用与存放"],
    "unit": ["使用部门", "部门名称", "使用科室", "资产使用部门", "归口部门"],
    "keeper": ["保管人", "使用人姓名", "资产保管人", "实物保管人", "管理责任人"],
    "place": ["存放地点", "存放处", "摆放位置", "资产存放地", "放置位置"],
    "supplier": ["供应商", "供货单位", "厂家电话"],
    "warranty": ["质保期", "保修期限", "保修至"],
    "note": ["备注", "备 注", "备注说明", "其他说明"],
    "compound": ["所属大院", "所在院落", "院落名称", "所属院区", "大院（小区）"],
    "building code": ["楼栋编号", "房屋编号", "楼座编号", "楼号", "幢号"],
    "building name": ["房屋名称", "楼座名称", "建筑名称", "楼名", "楼栋名称（全称）"],
    "areas": ["面积（㎡）", "房屋面积（平方米）", "面积（m2）"],
    "area": ["建筑面积", "建面", "总面积"],
    "inner area": ["使用", "套内"],
    "floors": ["层数", "楼层总数", "地上/地下层数", "层数（层）"],
    "built": ["建成年份", "建成年代", "建筑年份", "竣工年月", "建造时间"],
    "tenure": ["权属", "产权情况", "权属性质", "产权归属"],
    "state": ["使用状况", "使用现状", "房屋状态", "目前使用状况"],
    "address": ["坐落", "具体地址", "所在地址", "房屋地址", "地址（门牌）"],
    "structure": ["结构类型", "建筑结构", "房屋结构"],
    "deed": ["产权证号", "房产证编号", "权证号码"],
    "staff number": ["工号", "职工号", "人事编号", "员工号", "干部编号"],
    "person": ["姓名", "姓 名", "干部姓名", "职工姓名", "人员名称"],
    "sex": ["性别"],
    "staff unit": ["所在部门", "工作部门", "所属处室", "部门名称", "单位（部门）"],
    "post": ["职务", "职级", "岗位"],
    "phone": ["联系电话", "办公电话", "电话"],
    "born": ["出生年月", "出生日期"],
    "org code": ["单位代码", "机构编码", "组织机构代码", "部门编号", "单位编码"],
    "org name": ["单位名称", "机构名称", "部门名称", "单位全称", "处室名称"],
    "parent": ["上级单位", "上级机构", "主管单位", "隶属单位", "上级部门"],
    "head": ["负责人", "主要领导"],
    "staffing": ["编制数", "在编人数"],
    "yard code": ["大院代码", "院落编号", "院区编码", "大院编号"],
    "yard name": ["大院名称", "院落名称", "院区", "小区名称"],
    "yard kind": ["类型", "院落类型", "大院性质", "类别"],
    "yard unit": ["管理单位", "管护单位", "物业管理单位", "主管部门"],
    "land": ["占地面积（㎡）", "土地面积"],
    "gatekeeper": ["门卫", "值班人员"],
    "class": ["分类代码", "国标分类号", "资产类别编码", "财政分类代码", "资产分类号"],
    "brand": ["品牌", "品牌名称", "生产厂家", "牌号"],
    "serial": ["出厂编号", "机身编号", "产品编号（SN）", "出厂号"],
    "voucher": ["凭证号", "会计凭证编号", "记账凭证", "凭证字号"],
    "building": ["楼栋", "所在楼栋", "所在楼座", "楼栋号", "楼名"],
    "room": ["房间号", "房间编号", "房号", "门牌号码", "房间（号）"],
    "life": ["使用年限", "折旧年限"],
    "room name": ["房间名称", "用房名称", "房间称谓"],
    "level": ["楼层", "所在层", "层次", "楼层号"],
    "use room": ["用途", "房间用途", "现用途", "用房类型", "用房性质"],
    "room area": ["使用面积（㎡）", "房间使用面积", "面积m²", "使用面积/平方米"],
    "occupants": ["使用人数", "定员"],
    "who sits": ["使用人", "入驻人员"],
    "en code": ["Building No.", "Bldg ID", "Building Reference", "Asset Ref", "Facility ID"],
    "en name": ["Building Name", "Bldg Name", "Facility Name", "Property", "Property Title"],
    "en compound": ["Site", "Campus Name", "Estate", "Site Name"],
    "en address": ["Street Address", "Address Line 1", "Postal Address", "Location Address"],
    "en area": ["GFA (sq ft)", "Gross Area (SF)", "Gross Floor Area - sqft", "Total Sq. Ft.", "Net Area, sq ft"],
    "en floors": ["No. of Floors", "Floor Count", "# Floors", "Storeys"],
    "en built": ["Year Built", "Yr Built", "Construction Yr", "Year of Construction"],
    "en tenure": ["Tenure", "Owned/Leased", "Tenure Type", "Ownership Type"],
    "en state": ["Status", "Current Status", "Occupancy Status", "Operational Status"],
    "en manager": ["Facility Manager", "Contact"],
    "en energy": ["EPC Rating", "Energy Class"],
    "en note": ["Remarks", "General Comments", "Notes/Comments"],
}

_HELD: dict[str, list[str]] = {
    "line": ["序号", "顺序", "次序", "NO."],
    "asset number": ["资产编码", "资产统一编号", "固资编号", "资产唯一编号", "单位资产编号", "资产卡号"],
    "asset name": ["资产名称", "固资名称", "器具名称", "资产（设备）名称", "名称及用途", "货物名称"],
    "model": ["型号规格", "规格（型号）", "型号参数", "规格/型号", "设备型号"],
    "quantity": ["数量", "数目", "实物数量", "数量（件）", "现有数量"],
    "measure": ["计量单位", "单位名称（计量）", "计算单位", "计数单位"],
    "money": ["资产价值（万元）", "价值情况（万元）", "财务信息（万元）"],
    "cost": ["原值", "固定资产原价", "原值金额", "购置价值", "账面原价"],
    "cost yuan": ["原值(人民币元)", "购置价（元）", "账面原值:元", "原始金额（元）", "采购金额(元)"],
    "net value": ["净值", "净值金额", "现值", "资产余值", "账面余额"],
    "bought": ["购买日期", "取得年月", "购进日期", "增加日期", "财务入账日期", "购建时间"],
    "how": ["取得途径", "获得方式", "资产来源方式", "形成方式"],
    "status": ["使用状态", "现使用状况", "使用情况（在用/闲置）", "资产使用现状"],
    "use": ["使用信息", "管理使用情况", "使用保管情况"],
    "unit": ["所属部门", "使用（管理）部门", "使用部门名称", "管理部门", "领用科室"],
    "keeper": ["使用人", "领用人姓名", "保管员姓名", "管理人", "使用责任人"],
    "place": ["存放位置", "存放场所", "安放地点", "实物存放地点", "具体位置"],
    "supplier": ["供应单位", "经销商", "销售商电话"],
    "warranty": ["保修期", "质保到期日", "维保期限"],
    "note": ["备注", "说明", "备 注 栏", "备注信息"],
    "compound": ["大院", "所属院落", "坐落院落", "院区名称", "所属小区"],
    "building code": ["楼号", "建筑物编号", "幢号编码", "楼宇代码", "房产编号"],
    "building name": ["楼宇名称", "房屋建筑物名称", "大楼名称", "楼房名称", "建筑物名称"],
    "areas": ["面积（平方米）", "建筑面积情况（㎡）", "面积:㎡"],
    "area": ["建筑面积", "总建筑面积", "建筑总面积"],
    "inner area": ["可用", "地下"],
    "floors": ["层数", "总楼层", "建筑层数", "地上楼层数"],
    "built": ["竣工日期", "建设年份", "建设年代", "建筑年代", "竣工时间（年）"],
    "tenure": ["权属", "产权性质", "房屋权属", "产权类型"],
    "state": ["使用状况", "现状", "房屋使用情况", "当前状态"],
    "address": ["地址", "坐落地点", "房屋坐落地址", "详细位置", "通讯地址"],
    "structure": ["结构", "结构形式", "主体结构"],
    "deed": ["房产证号", "不动产权证号", "证书编号"],
    "staff number": ["人员编号", "员工工号", "职员编号", "人员代码", "职工编码"],
    "person": ["姓名", "员工姓名", "姓名（中文）", "同志姓名", "职员姓名"],
    "sex": ["性别"],
    "staff unit": ["部门", "所属科室", "工作单位", "任职部门", "处（科）室"],
    "post": ["职称", "行政级别", "岗位名称"],
    "phone": ["手机号", "联系方式", "座机"],
    "born": ["出生日期", "生日"],
    "org code": ["单位编号", "机构代码", "部门代码", "统一编码", "处室编号"],
    "org name": ["机构全称", "单位名称", "部门全称", "科室名称", "名称"],
    "parent": ["上级", "主管部门", "上级主管单位", "所属单位", "归属单位"],
    "head": ["单位负责人", "联系人"],
    "staffing": ["编制", "实有人数"],
    "yard code": ["院落代码", "大院编码", "小区编号", "院区编号"],
    "yard name": ["院落名称", "大院", "院区名称", "院名"],
    "yard kind": ["大院类型", "院落性质", "用途类型", "院区类别"],
    "yard unit": ["管理部门", "产权单位", "责任单位", "管理使用单位"],
    "land": ["占地（亩）", "用地面积（㎡）"],
    "gatekeeper": ["保安", "门岗"],
    "class": ["资产分类代码", "分类编号", "国标码", "资产类别代码", "GB分类代码"],
    "brand": ["品牌", "厂牌名称", "制造商", "品牌/厂家"],
    "serial": ["序列号", "设备编号（出厂）", "SN码", "机器序列号"],
    "voucher": ["凭证编号", "财务凭证号", "入账凭证", "会计凭证"],
    "building": ["楼栋", "楼栋名", "所属楼宇", "所在建筑", "座落楼栋"],
    "room": ["房号", "房间号码", "室号", "房间代码", "房间编码"],
    "life": ["使用寿命", "预计使用年限"],
    "room name": ["房间名称", "房间名", "名称（用房）"],
    "level": ["所在楼层", "层", "楼层数（所在）", "位于楼层"],
    "use room": ["使用用途", "房间功能", "用房类别", "实际用途", "规划用途"],
    "room area": ["面积（㎡）", "室内使用面积", "使用面积(平米)", "实用面积㎡"],
    "occupants": ["办公人数", "人数"],
    "who sits": ["使用人员", "办公人员"],
    "en code": ["Building Code", "Bldg No", "Building ID", "Property Reference", "Property No."],
    "en name": ["Name of Building", "Building", "Asset Name", "Facility", "Premises Name"],
    "en compound": ["Campus", "Site Description", "Location Site", "Estate Name"],
    "en address": ["Address", "Address 1", "Full Address", "Site Address"],
    "en area": ["Gross Sq Ft", "Floor Area (sqft)", "GIA sq. ft.", "Area (square feet)", "Gross Internal Area (ft2)"],
    "en floors": ["Floors", "Number of Storeys", "Floors above ground", "Num Floors"],
    "en built": ["Built Year", "Date Built", "Year Constructed", "Construction Date (Year)"],
    "en tenure": ["Own/Lease", "Tenure Status", "Freehold/Leasehold", "Ownership Status"],
    "en state": ["State", "Building Status", "Use Status", "Occupancy"],
    "en manager": ["Building Manager", "Responsible Person"],
    "en energy": ["Energy Rating", "Display Certificate"],
    "en note": ["Comments", "Remark", "Additional Notes"],
}
WORDS = {"tuned": _T, "held out": _HELD}
