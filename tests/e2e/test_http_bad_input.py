"""Bad input of every kind over HTTP: a clear problem, soon, and nothing written."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from support.filing import enrolment
from support.site import Answer, Site

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
PROCESS = "after-check"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def model(inner: str) -> bytes:
    return f'{HEAD}<process id="p" isExecutable="true">{inner}</process></definitions>'.encode()


def script(feel: str) -> bytes:
    return model(
        f'<startEvent id="s"/><scriptTask id="t"><script>{feel}</script></scriptTask><endEvent id="e"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/>'
    )


MODELS: dict[str, bytes] = {
    "nothing": b"",
    "no XML": b"hello",
    "half a file": b"<definitions><process",
    "another root": b"<a/>",
    "not UTF-8": b"\xff\xfe\x00",
    "a billion laughs": f'<!DOCTYPE d [<!ENTITY e0 "ha">{ENTITIES}]>{HEAD}&e9;</definitions>'.encode(),
    "a file of the host": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{HEAD}&x;</definitions>'.encode(),
    "too deep": b"<a>" * 100_000,
    "too large": model(f"<documentation>{'x' * (10 << 20)}</documentation>"),
    "too many steps": model("".join(f'<userTask id="t{n}"/>' for n in range(50_000))),
    "no FEEL": script("1 +"),
    "FEEL too deep": script("(" * 5000 + "1" + ")" * 5000),
}


class Admin:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookie = f"gdbos_session={site.sign_in('admin')}"
        found = re.search(r'name="csrf" value="(\w+)"', site.ask("GET", "/", Cookie=self.cookie).text)
        assert found is not None
        self.form = found[1]

    def deploy(self, content: bytes) -> Answer:
        part = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
        body = part.format("csrf", "").encode() + self.form.encode() + b"\r\n"
        body += part.format("bpmn", '; filename="m.bpmn"').encode() + content + b"\r\n--b--\r\n"
        kind = "multipart/form-data; boundary=b"
        return self.site.ask(
            "POST", f"/agency/processes/{PROCESS}/deploy", body, Cookie=self.cookie, Content_Type=kind
        )

    def version(self) -> str:
        page = self.site.ask("GET", f"/agency/processes/{PROCESS}?lang=en", Cookie=self.cookie)
        assert page.status == 200
        return str(re.search(r"/file\?version=(\d+)", page.text))


@pytest.fixture(scope="module")
def admin(site: Site) -> Admin:
    return Admin(site)


@pytest.mark.parametrize("name", MODELS)
def test_a_bad_model_is_refused_with_the_reason_and_publishes_nothing(name: str, admin: Admin) -> None:
    before = admin.version()
    answer = admin.deploy(MODELS[name])
    assert answer.status == 422
    said = re.search(r'role="alert"(.*?)</div>', answer.text, re.DOTALL)
    assert said is not None and re.sub(r"<[^>]+>", "", said[1]).strip()
    assert admin.version() == before


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400), (b"[" * 50_000, 400), (b'{"schema":' * 900 + b"1" + b"}" * 900, 400), (b'"\xff"', 400),
        (b'{"schema":{},"data":NaN}', 400), (b'{"schema":{},"data":1e999}', 400),
        (b'{"schema":{},"data":' + b"9" * 5000 + b"}", 400), (b'{"schema":{},"data":"\\ud800"}', 400),
        (b"[]", 422), (b"1", 422), (b"{}", 422),
        (b'{"schema":{"$ref":"http://127.0.0.1:9/x"},"data":1}', 422),
    ],
)  # fmt: skip
def test_a_bad_body_is_a_problem(raw: bytes, status: int, site: Site) -> None:
    answer = site.ask("POST", "/api/v1/standards/validate", raw)
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json["title"] and answer.json["code"]


def test_what_could_run_for_ever_ends(site: Site) -> None:
    slow = {"schema": {"type": "string", "pattern": "^(a+)+$"}, "data": "a" * 40 + "b"}
    assert site.ask("POST", "/api/v1/standards/validate", slow).json["valid"] is False
    pairs: list[Any] = [
        {"properties": {f"p{n}": {"type": kind}}} for n in range(24) for kind in ("string", "number")
    ]
    every = [{"anyOf": pairs[n : n + 2]} for n in range(0, 48, 2)]
    old, new = {"allOf": every}, {"allOf": every[1:]}
    asked = {"old": old, "new": new, "mode": "full"}
    assert site.ask("POST", "/api/v1/standards/compatibility", asked).status == 200


def test_acts_that_cannot_be_are_clear_and_change_nothing(site: Site) -> None:
    citizen, clerk = site.sign_in("citizen"), site.sign_in("clerk-yb")
    body, key = enrolment(site, citizen), uuid.uuid4().hex
    case_no = site.ask("POST", "/api/v1/applications", body, citizen, Idempotency_Key=key).json["case_no"]
    tasks = site.ask("GET", "/api/v1/tasks?limit=100", token=clerk).json["tasks"]
    task = next(each["id"] for each in tasks if each["case_no"] == case_no)

    def state() -> tuple[str, list[str]]:
        shown = site.ask("GET", f"/api/v1/applications/{case_no}", token=citizen).json
        return shown["status"], [entry["event"] for entry in shown["timeline"]]

    def complete(action: str, token: str, data: Any = None) -> tuple[int, str]:
        acted = {"action": action, "data": data if data is not None else {}}
        answer = site.ask("POST", f"/api/v1/tasks/{task}/complete", acted, token)
        assert answer.headers["Content-Type"] == "application/problem+json"
        return answer.status, answer.json["code"]

    before = state()
    assert complete("no-such-action", clerk)[0] == 422
    assert complete("grant", clerk)[0] in (409, 422)  # out of state: it is not accepted yet
    assert complete("accept", clerk, {"no.such.element": 1})[0] == 422
    assert complete("accept", site.sign_in("clerk-scjg"))[0] == 404  # somebody else's
    assert complete("accept", citizen)[0] == 403
    assert state() == before
    accepted = {"action": "accept", "data": {}}
    assert site.ask("POST", f"/api/v1/tasks/{task}/complete", accepted, clerk).status == 200
    after = state()
    assert complete("correct", clerk, {"faults": [{"message": "x"}]})[0] == 409  # stale
    late = site.ask(
        "POST", f"/api/v1/applications/{case_no}/corrections", {"answers": {}, "materials": []}, citizen
    )
    assert late.status == 409
    assert state() == after
