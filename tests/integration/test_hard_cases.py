"""Hard cases of domain.md §9 and the worked clocks of §2.5, through the interface alone, in the order of their days."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from support.filing import upload
from support.town import REGION, Town, town

from gdbos_runtime.settings import Settings

CARD = "11440305MB2X0107464442031007001"  # 20 working days by law, 5 promised
SIGN = "11440305MB2X01023X4440131002001"
FOOD, FOOD_AGENCY = "11440305MB2X0101534440131001001", "11440305MB2X010153"
BUNDLE = "YJS-440305-CANYIN"
CLERK, HEAD = "clerk-rs", "head-rs"
CALENDARS = "/supervision/calendars"


@pytest.fixture(scope="module")
def t(settings: Settings) -> Iterator[Town]:
    with town(settings, "2020-01-17") as found:
        yield found


def accepted(t: Town, day: str, who: str = "citizen") -> str:
    t.at(day)
    case_no = t.file(who, CARD)
    t.act(CLERK, case_no, "accept")
    return case_no


def publish(t: Town, wait: Any, reason: str, **days: bool) -> None:
    """A notice on working days, worked off to its end; days as `d2020_01_31=True`."""
    rows = [{"day": name[1:].replace("_", "-"), "works": works} for name, works in days.items()]
    change = t.good("admin", "POST", CALENDARS, {"days": rows, "reason": reason})["id"]

    def done() -> Any:
        changes = t.good("admin", "GET", CALENDARS)["changes"]
        return next(row["done_at"] for row in changes if row["id"] == change)

    wait(done)


def test_4_the_spring_festival_of_2020_moves_the_open_case_and_not_the_closed_one(t: Town, wait: Any) -> None:
    """As the calendar was before the notice of 2020-01-26: the make-up days of 31 January and 1 February worked."""
    publish(t, wait, "国办发明电〔2019〕16号", d2020_01_31=True, d2020_02_01=True)
    running, ended = accepted(t, "2020-01-20"), accepted(t, "2020-01-20", "citizen2")
    assert t.due("citizen", running)[1] == t.due("citizen2", ended)[1] == "2020-02-21"
    t.finish(CLERK, ended)
    assert t.seen("citizen2", ended)["status"] == "closed"
    t.at("2020-01-27")
    publish(t, wait, "延长2020年春节假期", d2020_01_31=False, d2020_02_01=False)
    assert t.due("citizen", running)[1] == "2020-02-25"
    assert t.due("citizen2", ended)[1] == "2020-02-21"


@pytest.mark.parametrize(
    ("day", "promised", "statutory"),
    [
        ("2020-01-20", None, "2020-02-25"),
        ("2025-01-20", "2025-01-26", "2025-02-21"),
        ("2025-09-26", None, "2025-10-30"),
    ],
)
def test_a_worked_clock(t: Town, day: str, promised: str | None, statutory: str) -> None:
    found = t.due("citizen", accepted(t, day))
    assert found[1] == statutory
    assert promised in (None, found[0])


def test_1_a_correction_notice_on_day_six_finds_the_case_accepted_from_receipt(t: Town, wait: Any) -> None:
    t.at("2025-03-03")
    late, silent = t.file("citizen", CARD), t.file("citizen2", CARD)
    t.at("2025-03-10")  # the fifth working day
    in_time = t.file("citizen2", CARD)
    t.at("2025-03-11")
    faults = [{"field": "photo", "message": "照片不清晰"}]
    t.try_(CLERK, late, "correct", faults=faults)
    for who, case_no in (("citizen", late), ("citizen2", silent)):
        wait(lambda who=who, no=case_no: t.seen(who, no)["clocks"]["statutory"].get("due"))
        assert t.due(who, case_no) == ("2025-03-10", "2025-03-31")
        assert "deemed_accepted" in [entry["event"] for entry in t.seen(who, case_no)["timeline"]]
    for action in ("refuse_acceptance", "send_back", "not_required"):
        assert t.try_(CLERK, silent, action, reason="不属于本机关").status == 422
    t.at("2025-03-17")
    t.act(CLERK, in_time, "correct", faults=faults)
    assert t.seen("citizen2", in_time)["status"] == "correction_requested"
    assert t.seen("citizen2", in_time)["clocks"]["statutory"].get("due") is None
    t.at("2025-04-30")  # nobody has corrected anything
    wait(lambda: t.seen("citizen2", in_time)["status"] == "closed")
    assert t.seen("citizen2", in_time)["outcome"] == "not_corrected"
    wait(lambda: t.tasks(CLERK, late))
    assert t.due("citizen", late) == ("2025-03-10", "2025-03-31")
    t.finish(CLERK, late)
    assert t.seen("citizen", late)["outcome"] in ("granted", "done")


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("refuse_acceptance", {"reason": "不属于本机关"}),
        ("not_required", {}),
        ("send_back", {"faults": [{"field": "photo", "message": "照片不清晰"}]}),
    ],
)
def test_1_nothing_on_day_six_keeps_a_case_from_being_accepted(t: Town, action: str, data: Any) -> None:
    """Whether or not the sweep has looked at it before the clerk."""
    t.at("2025-05-06")
    case_no = t.file("citizen", CARD)
    t.at("2025-05-14")
    assert t.try_(CLERK, case_no, action, **data).status == 422


def test_3_an_extension_on_the_last_day_holds_and_there_is_no_second(t: Town) -> None:
    case_no = accepted(t, "2025-03-03")
    assert t.due("citizen", case_no)[1] == "2025-03-31"
    t.at("2025-03-31")
    t.act(CLERK, case_no, "extend", days=10, reason="情况复杂")
    t.act(HEAD, case_no, "approve_extension")
    assert t.due("citizen", case_no)[1] == "2025-04-15"  # 4 April is a holiday
    assert t.try_(CLERK, case_no, "extend", days=1, reason="再延").status == 422
    assert t.due("citizen", case_no)[1] == "2025-04-15"
    papers = [paper["kind"] for paper in t.seen("citizen", case_no)["documents"]]
    assert papers.count("extension") == 1


def test_2_two_special_procedures_over_a_holiday_week_are_counted_once(t: Town) -> None:
    """22 September + 20 working days = 24 October, 28 September and 11 October being make-up days. Stopped on
    28 September and going on on 14 October: 29 and 30 September, 9, 10, 11, 13 and 14 October do not count."""
    case_no = accepted(t, "2025-09-22")
    before = date.fromisoformat(t.due("citizen", case_no)[1])
    assert before == date(2025, 10, 24)
    t.at("2025-09-28")
    t.act(CLERK, case_no, "suspend", kind="expert_review", days=10, reason="专家评审")
    t.at("2025-09-30")
    t.act(CLERK, case_no, "suspend", kind="testing", days=10, reason="检测")
    t.at("2025-10-10")
    t.act(CLERK, case_no, "resume", kind="expert_review")
    assert t.seen("citizen", case_no)["status"] == "suspended"
    t.at("2025-10-14")
    t.act(CLERK, case_no, "resume")
    assert t.due("citizen", case_no)[1] == "2025-11-04"
    papers = [paper["kind"] for paper in t.seen("citizen", case_no)["documents"]]
    assert papers.count("suspension") == 2


def test_8_the_member_that_needs_a_refused_result_ends_and_the_others_go_on(t: Town, wait: Any) -> None:
    t.at("2026-11-24")
    body = t.guided("firm", f"/bundles/{BUNDLE}", {"sign": "yes", "tobacco": "yes"})
    form = bundle_form(t, body)
    key = str(uuid.uuid4())
    parent = t.good("firm", "POST", f"/bundles/{BUNDLE}/applications", form, Idempotency_Key=key)["case_no"]

    def member(name: str) -> dict[str, Any]:
        children = t.seen("firm", parent)["children"]
        return t.seen("firm", next(c["case_no"] for c in children if c["member"] == name))

    food = member("food")["case_no"]
    t.act("clerk-scjg", food, "accept")
    for clerk in ("clerk-scjg", "clerk-scjg-2"):
        for task in t.tasks(clerk, food):
            if task["role"] == "reviewer":
                t.act(clerk, food, "pass", **{FINDINGS[task["element"]]: "不合格"})
    t.act("clerk-scjg", food, "deny", reason="现场核查不合格")
    wait(lambda: member("tobacco")["status"] == "closed")
    assert (member("tobacco")["outcome"], member("tobacco")["result"]) == ("terminated", None)
    t.finish("clerk-xf", member("fire")["case_no"])
    assert member("fire")["outcome"] == "granted"


FINDINGS = {"document_review": "review.finding", "site_inspection": "inspection.finding"}


def bundle_form(t: Town, guide: dict[str, Any]) -> dict[str, Any]:
    """The one form of the bundle, its samples by the members' own forms."""
    answers: dict[str, Any] = {}
    for item in {m["item"] for m in guide["members"]}:
        answers |= t.application("firm", item)["answers"]
    asked = {entry["element"] for entry in guide["elements"]}
    return {
        "region": REGION,
        "situation": guide["situation"],
        "answers": {name: value for name, value in answers.items() if name in asked},
        "materials": t.materials("firm", guide["materials"], ()),
        "consents": [],
    }


def test_9_a_supplement_late_by_a_day_ends_the_case_without_a_result(t: Town, wait: Any) -> None:
    t.at("2026-11-25")
    case_no = t.file("firm", SIGN, pledged=["owner_consent"])
    t.act("clerk-cg", case_no, "accept")
    shown = t.seen("firm", case_no)
    due = date.fromisoformat(shown["deferral"]["due"])
    assert due.isoformat() <= shown["clocks"]["promised"]["due"]
    supply = {"materials": t.materials("firm", [{"id": "owner_consent", "necessity": "required"}], ())}
    t.at((due + timedelta(days=1)).isoformat(), "00:00:01")
    assert t.as_("firm", "POST", f"/applications/{case_no}/supplement", supply).status in (409, 422)
    wait(lambda: t.seen("firm", case_no)["status"] == "closed")
    ended = t.seen("firm", case_no)
    assert (ended["outcome"], ended["result"]) == ("terminated", None)
    assert "deferral_lapsed" in [entry["event"] for entry in ended["timeline"]]


def test_10_nobody_is_their_own_proxy(t: Town) -> None:
    t.at("2026-12-01")
    body = t.application("citizen", CARD)
    letter = upload(t, t.sign_in("citizen"))
    proxy = {"name": "陈晓明", "mobile": "13800138000", "authority": letter}
    for number in ("440305199003071236", "４４０３０５１９９００３０７１２３６", " 440305199003071236 "):
        asked = {**body, "proxy": {**proxy, "citizen_id": number}}
        assert t.refused("citizen", "POST", "/applications", asked) == ["/proxy/citizen_id"]
    other = {**body, "proxy": {**proxy, "name": "李思远", "citizen_id": "44030519850615432X"}}
    t.good("citizen", "POST", "/applications", other, Idempotency_Key=str(uuid.uuid4()))
    own = t.application("citizen2", CARD)
    lower = {
        **own,
        "proxy": {**proxy, "citizen_id": "44030519850615432x", "authority": upload(t, t.sign_in("citizen2"))},
    }
    assert t.refused("citizen2", "POST", "/applications", lower) == ["/proxy/citizen_id"]


def test_12_a_merged_agency_keeps_its_codes_and_counts_for_its_heir(t: Town) -> None:
    t.at("2026-12-02")
    case_no = t.file("citizen", CARD)
    old, new = t.seen("citizen", case_no)["item"]["agency"]["code"], FOOD_AGENCY
    t.good("admin", "POST", "/supervision/successions", {"old": old, "new": new, "from_day": "2026-12-03"})
    assert t.tasks(CLERK, case_no) and not t.tasks("clerk-scjg", case_no)
    t.at("2026-12-03")
    assert t.seen("citizen", case_no)["item"]["agency"]["code"] == old and case_no.startswith(old)
    assert t.tasks("clerk-scjg", case_no)
    rows = t.good("supervisor", "GET", "/supervision/lights")["rows"]
    counted = [row["agency"]["code"] for row in rows]
    assert new in counted and old not in counted
    t.finish("clerk-scjg", case_no)
    licence = t.seen("citizen", case_no)["result"]["licence"]
    assert old in licence and new not in licence


def test_13_type_20_is_the_nations_and_guangdong_has_its_own_list(t: Town) -> None:
    """20 公共服務 of the nation is 21 in Guangdong, whose 20 is 其他行政權力: a crosswalk tells them apart."""
    offered = t.good("citizen", "GET", f"/items?type=20&region={REGION}&limit=100")["items"]
    assert offered
    crosswalks = t.good("citizen", "GET", "/standards/crosswalks")["crosswalks"]
    lists = {each[side]["id"] for each in crosswalks for side in ("source", "target")}
    assert {"gov.task_type", "gov.task_type_gd"} <= lists
    path = "/standards/crosswalks/gov.task_type_from_gd?value="
    for there, here in (("20", "10"), ("21", "20")):
        (target,) = t.good("citizen", "GET", f"{path}{there}")["targets"]
        assert target["value"] == here


def test_14_one_by_score_is_five_stars(t: Town) -> None:
    t.at("2026-12-04")
    given = {"score": {"score": 1}, "stars": {"stars": 5}, "bad": {"stars": 1}}
    rated = {}
    for name, body in given.items():
        case_no = t.file("firm", SIGN)
        t.finish("clerk-cg", case_no)
        rated[name] = t.good("firm", "POST", f"/applications/{case_no}/rating", body)
    assert rated["score"]["score"] == rated["stars"]["score"] == 1
    assert rated["bad"]["score"] == 5
    case_no = t.file("firm", SIGN)
    t.finish("clerk-cg", case_no)
    both = {"score": 1, "stars": 1}
    assert t.refused("firm", "POST", f"/applications/{case_no}/rating", both)


def test_19_a_bad_rating_taken_back_is_put_right_all_the_same(t: Town) -> None:
    t.at("2026-12-07")
    case_no = t.file("firm", FOOD)
    t.finish("clerk-scjg", case_no)
    t.good("firm", "POST", f"/applications/{case_no}/rating", {"score": 5, "comment": "态度差"})
    (row,) = t.good("agency-admin", "GET", "/ratings/bad")["ratings"]
    move = f"/ratings/{row['id']}"
    begun = t.good("agency-admin", "POST", f"{move}/confirm", {"text": "属实"})
    assert begun["rectify_by"] == "2026-12-28"  # 15 working days
    taken = t.good("firm", "POST", f"/applications/{case_no}/rating/withdraw", {})
    assert taken["stage"] == "rectifying"
    assert t.good("agency-admin", "POST", f"{move}/rectify", {"text": "已培训"})["stage"] == "rectified"
    assert t.good("agency-admin", "POST", f"{move}/call_back", {"text": "已回访"})["stage"] == "answered"
