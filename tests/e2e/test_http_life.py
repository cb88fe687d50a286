"""One application over HTTP, from guide to licence, as outsiders would do it."""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.filing import enrolment, food_application, upload
from support.site import Site


def act(site: Site, clerk: str, case_no: str, action: str, data: dict[str, Any]) -> None:
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
    task = next(task for task in tasks if task["case_no"] == case_no)
    shown = site.ask("GET", f"/api/v1/tasks/{task['id']}", token=clerk).json
    assert action in [offered["id"] for offered in shown["actions"]]
    assert site.ask("POST", f"/api/v1/tasks/{task['id']}/claim", token=clerk).status == 200
    done = site.ask("POST", f"/api/v1/tasks/{task['id']}/complete", {"action": action, "data": data}, clerk)
    assert done.status == 200, done.text
    again = site.ask("POST", f"/api/v1/tasks/{task['id']}/complete", {"action": action, "data": data}, clerk)
    assert (again.status, again.text) == (200, done.text)  # answered, not done twice


def test_from_guide_to_licence(site: Site) -> None:
    firm, clerk = site.sign_in("firm"), site.sign_in("clerk-scjg")
    body = food_application(site, firm)
    filed = site.ask("POST", "/api/v1/applications", body, firm, Idempotency_Key=str(uuid.uuid4()))
    assert filed.status == 201, filed.text
    case_no = filed.json["case_no"]
    act(site, clerk, case_no, "accept", {})
    act(site, clerk, case_no, "pass", {"review.finding": "材料齐全"}) if _waits_for(
        site, clerk, case_no, "document_review"
    ) else act(site, clerk, case_no, "pass", {"inspection.finding": "合格"})
    act(site, clerk, case_no, "pass", {"inspection.finding": "合格"}) if _waits_for(
        site, clerk, case_no, "site_inspection"
    ) else act(site, clerk, case_no, "pass", {"review.finding": "材料齐全"})
    act(site, clerk, case_no, "grant", {})
    shown = site.ask("GET", f"/api/v1/applications/{case_no}", token=firm).json
    assert (shown["status"], shown["outcome"]) == ("closed", "granted")
    events = [entry["event"] for entry in shown["timeline"]]
    assert events[:2] == ["submitted", "accepted"] and "granted" in events and "issued" in events
    assert shown["clocks"]["promised"]["due"] < shown["clocks"]["statutory"]["due"]
    site.until(f"/api/v1/licences/verify?code={shown['result']['licence']}", lambda verdict: verdict["valid"])
    for document in shown["documents"]:
        page = site.ask("GET", f"/api/v1/applications/{case_no}/documents/{document['id']}", token=firm)
        assert page.status == 200 and case_no in page.text
    verified(site, firm, case_no, shown["documents"][-1]["id"])


def verified(site: Site, token: str, case_no: str, id: str) -> None:
    """The file of a document is a PDF of a telling name, known by its digest to anybody, and by no other."""
    address = f"/api/v1/applications/{case_no}/documents/{id}/file"
    file = site.ask("GET", address, token=token)
    assert (file.status, file.headers["Content-Type"]) == (200, "application/pdf")
    assert file.body.startswith(b"%PDF-1.7")
    assert (
        file.headers["Content-Disposition"].startswith("attachment;")
        and case_no in file.headers["Content-Disposition"]
    )
    assert site.ask("GET", address, token=token).body == file.body
    assert site.ask("GET", address).status == 401
    digests = [hashlib.sha256(body).hexdigest() for body in (file.body, file.body + b" ")]
    genuine, altered = (
        site.ask("GET", f"/api/v1/documents/verify?sha256={digest}").json for digest in digests
    )
    assert genuine["valid"] and genuine["document"]["number"] == f"{case_no}-{id}"
    assert (altered["valid"], altered["reason"]) == (False, "unknown")
    assert site.ask("GET", "/api/v1/documents/verify?sha256=x").status == 422


def _waits_for(site: Site, clerk: str, case_no: str, element: str) -> bool:
    """Whether the first open task of the case is that element's (the order of two branches is not fixed)."""
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
    return bool(next(task for task in tasks if task["case_no"] == case_no)["element"] == element)


def test_the_same_key_gives_the_same_answer(site: Site) -> None:
    """1,000 repeats, 50 at a time, across a restart: one case, byte-equal answers; another body 422."""
    firm = site.sign_in("firm")
    body, key = food_application(site, firm), str(uuid.uuid4())

    def once(_: int) -> tuple[int, str]:
        while True:
            answer = site.ask("POST", "/api/v1/applications", body, firm, Idempotency_Key=key)
            if answer.status != 409:
                return answer.status, answer.text
            assert answer.json["code"] == "in_flight"

    with ThreadPoolExecutor(50) as pool:
        answers = set(pool.map(once, range(500)))
    assert site.stop() == 0
    site.start()
    with ThreadPoolExecutor(50) as pool:
        answers |= set(pool.map(once, range(500)))
    assert len(answers) == 1
    (status, text) = answers.pop()
    assert status == 201
    other = site.ask("POST", "/api/v1/applications", {**body, "region": "440300"}, firm, Idempotency_Key=key)
    assert (other.status, other.json["code"]) == (422, "idempotency_mismatch")
    listed = site.ask("GET", "/api/v1/applications?limit=100", token=firm).json["applications"]
    import json

    assert [c["case_no"] for c in listed].count(json.loads(text)["case_no"]) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"answers": {"premises.area": "很大"}}, "/answers/premises.area"),
        ({"answers": {"person.hobby": "钓鱼"}}, "/answers/person.hobby"),
        ({"answers": {"premises.name": ""}}, "/answers/premises.name"),
        ({"answers": {"premises.name": None}}, "/answers/premises.name"),
        ({"answers": {"firm.uscc": "91440305MA5X0201XWX"}}, "/answers/firm.uscc"),
        ({"answers": {"contact.mobile": "１３８００１３８０００"}}, "/answers/contact.mobile"),
        ({"region": "110101"}, "/region"),
        ({"situation": "form:nowhere"}, "/situation"),
    ],
)
def test_bad_input_is_a_problem_with_a_pointer_and_writes_nothing(
    site: Site, change: dict[str, Any], pointer: str
) -> None:
    firm = site.sign_in("firm")
    body = food_application(site, firm)
    before = site.ask("GET", "/api/v1/applications?limit=100", token=firm).json["applications"]
    if "answers" in change:
        body["answers"] |= change["answers"]
    else:
        body |= change
    answer = site.ask("POST", "/api/v1/applications", body, firm, Idempotency_Key=str(uuid.uuid4()))
    assert 400 <= answer.status < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert pointer in [fault["pointer"] for fault in answer.json["errors"]]
    assert site.ask("GET", "/api/v1/applications?limit=100", token=firm).json["applications"] == before


def test_a_required_answer_left_out_is_named(site: Site) -> None:
    firm = site.sign_in("firm")
    body = food_application(site, firm)
    del body["answers"]["food.safety_manager"]
    assert refused(site, firm, body) == ["/answers/food.safety_manager"]


def test_a_strangers_licence_answers_no_material(site: Site) -> None:
    firm = site.sign_in("firm")
    body = food_application(site, firm)
    body["materials"][0]["licence"] = "1.2.156.3005.2.11100000000013338W001.11440305MB2X010153.BL9999.001.G"
    assert refused(site, firm, body) == ["/materials/0/licence"]


def test_one_file_is_one_file(site: Site) -> None:
    firm = site.sign_in("firm")
    body = food_application(site, firm)
    body["materials"][1] = {"material": "layout", "files": [upload(site, firm), upload(site, firm)]}
    assert refused(site, firm, body) == ["/materials/1/files"]


def test_an_id_of_nineteen_digits_is_no_id(site: Site) -> None:
    citizen = site.sign_in("citizen")
    body = enrolment(site, citizen)
    body["answers"]["person.citizen_id"] += "1"
    assert refused(site, citizen, body) == ["/answers/person.citizen_id"]


def refused(site: Site, token: str, body: dict[str, Any]) -> list[str]:
    """The pointers of the faults with which it was refused; nothing was written."""
    before = site.ask("GET", "/api/v1/applications?limit=100", token=token).json["applications"]
    answer = site.ask("POST", "/api/v1/applications", body, token, Idempotency_Key=str(uuid.uuid4()))
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert site.ask("GET", "/api/v1/applications?limit=100", token=token).json["applications"] == before
    return [fault["pointer"] for fault in answer.json["errors"]]


def test_nobody_reaches_what_is_not_theirs(site: Site) -> None:
    firm, other, clerk = site.sign_in("firm"), site.sign_in("citizen"), site.sign_in("clerk-yc")
    filed = site.ask(
        "POST", "/api/v1/applications", food_application(site, firm), firm, Idempotency_Key=str(uuid.uuid4())
    ).json
    path = f"/api/v1/applications/{filed['case_no']}"
    assert site.ask("GET", path).status == 401
    assert site.ask("GET", path, token=other).status == 404
    assert site.ask("GET", path, token=clerk).status == 404
    assert site.ask("POST", f"{path}/withdraw", {"reason": ""}, other).status == 404
    assert site.ask("GET", "/api/v1/tasks", token=firm).status == 403
    assert site.ask("POST", "/api/v1/applications", {}, clerk, Idempotency_Key="k").status == 403
