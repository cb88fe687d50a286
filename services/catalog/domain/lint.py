"""Quality of an item as applicants see it: warnings, after the audit rules in domain.md §1.5.

The state's own spot check found faults of these kinds in a third of items. They do not block publishing,
except that `blocking` ones (no agency, no process) would leave an application with nobody to handle it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gdbos_atom import numbering
from gdbos_contracts.errors import Fault
from services.catalog.domain import procedures
from services.catalog.domain.faults import fault, text

Json = Mapping[str, Any]

_VAGUE = ("其他材料", "其它材料", "相关材料", "其他相关", "按要求提供")


def _warn(pointer: str, code: str, hans: str, hant: str, english: str) -> Fault:
    return Fault(pointer, code, text(hans, hant, english))


def blocking(version: Json) -> list[Fault]:
    """What an implementing item cannot be published without or with."""
    if version["level"] != "implementing":
        return []
    absent = [fault(f"/{name}", "missing", name) for name in ("agency", "process") if not version[name]]
    return [*absent, *_numbering(version), *procedures.faults(version["handling"])]


def lint(version: Json) -> list[Fault]:
    """All warnings on an implementing version; a basic item has no office to be judged by."""
    if version["level"] != "implementing":
        return []
    return [each for rule in _RULES for each in rule(version)]


def _numbering(version: Json) -> Iterator[Fault]:
    """A scheme of case numbers, the item's or its agency's, under which two cases could get one number."""
    agency = version["agency"] or {}
    code = agency.get("code") or agency.get("uscc", "")
    facts = {"item": version["code"], "agency": code, "region": version["region"]}
    for place, holder in (("/handling", version["handling"]), ("/agency", agency)):
        if "numbering" in holder:
            for found in numbering.lint(holder["numbering"], facts):
                yield Fault(f"{place}/numbering{found.pointer}", found.code, found.message)


def _instant(version: Json) -> Iterator[Fault]:
    """Rule 1: 即办件 ⇔ the promise is zero days."""
    if (version["project_type"] == "1") != (version["promised"]["days"] == 0):
        yield _warn(
            "/project_type",
            "instant_mismatch",
            "即办件与承诺时限不一致",
            "即辦件與承諾時限不一致",
            "An instant item must promise zero days, and only an instant item",
        )


def _result_name(version: Json) -> Iterator[Fault]:
    """Rule 2: a result called 证 is a licence."""
    name = version["result"]["name"].get("zh-Hans", "")
    if name.endswith("证") and version["result"]["kind"] != "licence":
        yield _warn(
            "/result/kind",
            "result_not_licence",
            "结果名称为证，但不是证照",
            "結果名稱為證，但不是證照",
            "The result is named a licence but is not one",
        )


def _fee(version: Json) -> Iterator[Fault]:
    """Rule 6: a fee names its basis and its amounts."""
    fee = version["fee"]
    if fee.get("charged") and not (fee.get("basis") and fee.get("items")):
        yield _warn(
            "/fee",
            "fee_unexplained",
            "收费但缺少依据或标准",
            "收費但缺少依據或標準",
            "A fee is charged without its legal basis or amounts",
        )


def _contact(version: Json) -> Iterator[Fault]:
    """Rule 7: a consultation and a complaint line, not the same, with area code."""
    consult, complaint = (version["contact"].get(name) for name in ("consult", "complaint"))
    if not consult or not complaint:
        yield _warn(
            "/contact", "contact_missing", "缺少咨询或投诉电话", "缺少諮詢或投訴電話", "No telephone line"
        )
    elif consult == complaint:
        yield _warn(
            "/contact/complaint",
            "contact_same",
            "咨询与投诉电话相同",
            "諮詢與投訴電話相同",
            "Questions and complaints go to the same line",
        )


def _steps(version: Json) -> Iterator[Fault]:
    """Rule 9: a licence shows at least five steps."""
    if version["task_type"] == "01" and len(version["steps"]) < 5:
        yield _warn(
            "/steps",
            "steps_few",
            "行政许可应列明至少五个环节",
            "行政許可應列明至少五個環節",
            "Under five steps",
        )


def _materials(version: Json) -> Iterator[Fault]:
    """No catch-all material; one issued by an agency names the licence or data that can replace it."""
    for index, material in enumerate(version["materials"]):
        pointer = f"/materials/{index}"
        if any(word in material["name"].get("zh-Hans", "") for word in _VAGUE):
            yield _warn(
                f"{pointer}/name", "material_vague", "材料名称含糊", "材料名稱含糊", "The material is vague"
            )
        if material["source_type"] == "20" and not (
            material["licence_type"] or material["resource_elements"]
        ):
            yield _warn(
                f"{pointer}/licence_type",
                "material_source_unlinked",
                "政府部门核发的材料应关联证照或数据",
                "政府部門核發的材料應關聯證照或數據",
                "Issued by an agency, but linked to no licence or data",
            )


def _conditions(version: Json) -> Iterator[Fault]:
    """Conditions of acceptance are stated, and are not 其他."""
    conditions = version["conditions"].get("zh-Hans", "").strip()
    if not conditions or conditions in ("其他", "无"):
        yield _warn(
            "/conditions", "conditions_missing", "缺少受理条件", "缺少受理條件", "No conditions are stated"
        )


def _basis(version: Json) -> Iterator[Fault]:
    """Every item rests on a law."""
    if not version["legal_basis"]:
        yield _warn(
            "/legal_basis", "basis_missing", "缺少设定依据", "缺少設定依據", "No legal basis is stated"
        )


_RULES: tuple[Callable[[Json], Iterator[Fault]], ...] = (
    _instant,
    _result_name,
    _fee,
    _contact,
    _steps,
    _materials,
    _conditions,
    _basis,
)
