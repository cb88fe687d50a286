"""Every route × every role × one's own and others' objects, over HTTP, as tests/support/permissions.tsv declares."""

from __future__ import annotations

import http.client
import json
import re
import uuid
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from support.filing import enrolment, food_application
from support.permissions import OWNERS, ROLES, Line, declared
from support.site import Site

from gateway.auth import PERMISSIONS

ORDER = ("GET", "POST", "PUT", "DELETE")
TO = "/assign"
BODIES: dict[str, dict[str, Any]] = {
    "messages": {"text": "x"},
    "rating": {"score": 1},
    "reply": {"text": "x"},
    "complete": {"action": "accept"},
    "migrations": {"from_version": 1, "to_version": 2},
    "completion": {"lease": "x"},
    "extension": {"lease": "x"},
    "resolution": {"action": "complete", "reason": "x"},
    "revocation": {"reason": "x"},
    "failure": {"lease": "x", "reason": "x"},
    "lease": {"kinds": ["x"]},
    "correlations": {"id": "x", "name": "x"},
    "hearing": {"wants": True},
    "service": {"way": "post", "on": "2026-11-24", "evidence": "x"},
    "attempts": {"way": "post", "on": "2026-11-24", "reason": "x"},
    "supplement": {"materials": [{"material": "x", "pledged": True}]},
}
"""Last step of a route → a body that is right, so that only permission can refuse it."""
CLOSES_SESSIONS = ("/api/v1/sessions", "/logout")


class World:
    """The site, a token and a form token for each account, and one object of each kind."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.tokens = {name: site.sign_in(name) for name in ROLES if name != "anonymous"}
        cookies = {name: f"gdbos_session={token}" for name, token in self.tokens.items()}
        seed = re.search(r"gdbos_form=[^;]+", str(site.ask("GET", "/login").headers))
        assert seed is not None
        self.cookies = {**cookies, "anonymous": seed[0]}
        self.forms = {name: self._form(cookie) for name, cookie in self.cookies.items()}
        body = enrolment(site, self.tokens["citizen"])
        self.code = body["item"]
        filed = site.ask(
            "POST", "/api/v1/applications", body, self.tokens["citizen"], Idempotency_Key=uuid.uuid4().hex
        )
        self.case_no = filed.json["case_no"]
        tasks = site.ask("GET", "/api/v1/tasks", token=self.tokens["clerk-yb"]).json["tasks"]
        self.task = next(each["id"] for each in tasks if each["case_no"] == self.case_no)
        self.licence = site.ask("GET", "/api/v1/licences", token=self.tokens["firm"]).json["licences"][0][
            "id"
        ]
        order = {"case_no": self.case_no, "content": "x", "due": "2099-12-31"}
        self.order = site.ask("POST", "/api/v1/supervision/orders", order, self.tokens["supervisor"]).json[
            "id"
        ]
        kept = site.ask("PUT", "/api/v1/tasks/filters/mine", {}, self.tokens["clerk-yb"])
        draft = {"item": self.code, "region": "440305"}
        held = site.ask("PUT", "/api/v1/drafts/mine", draft, self.tokens["citizen"])
        assert (kept.status, held.status) == (200, 200), kept.text + held.text
        self.delegation = self._delegation()
        self.filing = self._filing()
        self.with_file = self._with_file()

    def _delegation(self) -> str:
        days = {"first_day": "2099-01-01", "last_day": "2099-01-02"}
        body = {"to": "clerk-scjg-2", "role": "reviewer", **days}
        made = self.site.ask("POST", "/api/v1/delegations", body, self.tokens["clerk-scjg"])
        assert made.status == 201, made.text
        listed = self.site.ask("GET", "/api/v1/delegations", token=self.tokens["clerk-scjg"]).json[
            "delegations"
        ]
        return str(listed[0]["id"])

    def _filing(self) -> str:
        """A draft as the pages keep it."""
        form = urlencode({"csrf": self.forms["citizen"], "region": "440305", "q.who": "self"}).encode()
        path, kind = f"/items/{self.code}/apply", "application/x-www-form-urlencoded"
        page = self.site.ask("POST", path, form, Cookie=self.cookies["citizen"], Content_Type=kind)
        found = re.search(r"/apply/([^/\"]+)/form", page.text)
        assert found is not None, page.text[:500]
        return found[1]

    def _with_file(self) -> dict[str, str]:
        """A case of the firm's with a file: its number, the file, the task at which it is read."""
        body = food_application(self.site, self.tokens["firm"])
        key = uuid.uuid4().hex
        filed = self.site.ask("POST", "/api/v1/applications", body, self.tokens["firm"], Idempotency_Key=key)
        assert filed.status == 201, filed.text
        case_no = filed.json["case_no"]
        tasks = self.site.ask("GET", "/api/v1/tasks?limit=100", token=self.tokens["clerk-scjg"]).json["tasks"]
        task = next(each["id"] for each in tasks if each["case_no"] == case_no)
        return {"case_no": case_no, "file": body["materials"][1]["file"], "task": task}

    def _form(self, cookie: str) -> str:
        page = self.site.ask("GET", "/" if "session" in cookie else "/login", Cookie=cookie).text
        found = re.search(r'name="csrf" value="(\w+)"', page)
        assert found is not None
        return found[1]

    def path(self, line: Line) -> str:
        named = {
            "case_no": self.case_no,
            "task": self.task,
            "code": self.code,
            "name": "mine",
            "draft": "mine",
            "token": "none-such",
        }
        kinds = {
            "task": self.task,
            "licence": self.licence,
            "draft": "mine",
            "application": "1",
            "order": str(self.order),
            "paper": "1",
        }
        fixed = {
            "kind": "items",
            "subject": "none-such",
            "version": "1",
            "one": "none-such",
            "other": "none-such-either",
            "action": "confirm",
            "filename": "base.css",
        }
        owned: dict[str, dict[str, str]] = {
            "delegation": {"id": self.delegation},
            "filing": {"draft": self.filing},
            "file": {"case_no": self.with_file["case_no"], "id": self.with_file["file"]},
            "task file": {"task": self.with_file["task"], "id": self.with_file["file"]},
        }
        values = {**named, **fixed, "id": kinds.get(line.object, "none-such"), **owned.get(line.object, {})}
        return re.sub(r"<(?:[^<>:]*:)?(\w+)>", lambda found: quote(values[found[1]], safe=""), line.rule)

    def ask(self, line: Line, role: str) -> tuple[int, str]:
        """Status and where it leads; the body is not read, because some never end."""
        token = self.tokens.get(role, "")
        if token and line.rule in CLOSES_SESSIONS and line.method != "GET":
            token = self.site.sign_in(role)
        headers, body = {"Connection": "close"}, ""
        if line.page:
            headers["Cookie"] = self.cookies[role]
        elif token:
            headers["Authorization"] = f"Bearer {token}"
        if line.method in ("POST", "PUT"):
            form = {"csrf": self.forms[role], "text": "x", "score": "1", "action": "accept", "sure": "1"}
            sent = BODIES.get(line.rule.rpartition("/")[2], {})
            body = (
                urlencode(form)
                if line.page
                else json.dumps({**sent, **({"to": role} if TO in line.rule else {})})
            )
            headers["Content-Type"] = "application/x-www-form-urlencoded" if line.page else "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        try:
            connection.request(line.method, self.path(line), body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()

    def untouched(self) -> tuple[object, ...]:
        """What strangers could have changed."""
        case = self.site.ask("GET", f"/api/v1/applications/{self.case_no}", token=self.tokens["citizen"]).json
        task = self.site.ask("GET", f"/api/v1/tasks/{quote(self.task)}", token=self.tokens["clerk-yb"]).json
        draft = self.site.ask("GET", "/api/v1/drafts/mine", token=self.tokens["citizen"])
        filters = self.site.ask("GET", "/api/v1/tasks/filters", token=self.tokens["clerk-yb"]).json["filters"]
        token = self.tokens["clerk-scjg"]
        delegations = self.site.ask("GET", "/api/v1/delegations", token=token).json["delegations"]
        filing = self.site.ask("GET", f"/api/v1/drafts/{self.filing}", token=self.tokens["citizen"]).text
        return case["status"], task["claimed_by"], draft.status, len(filters), delegations, filing


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    return World(site)


def wrong(line: Line, role: str, status: int, location: str) -> str:
    """What is wrong with the answer; "" when it is as declared."""
    kinds = PERMISSIONS[line.permission]
    expected = "served"
    if line.permission != "public" and role == "anonymous":
        expected = "sign in"
    elif line.permission != "public" and ROLES[role] not in kinds:
        expected = "forbidden"
    elif line.object != "-" and role not in OWNERS[line.object]:
        expected = "not found"
    holds = {
        "sign in": status == 401 or (status == 303 and location.startswith("/login")),
        "forbidden": status == 403,
        # To delete what one does not have is done already; that nothing changed is asserted beside.
        "not found": status == 404 or (line.method == "DELETE" and status == 204),
        "served": status < 500 and status not in (401, 403) and (line.object == "-" or status != 404),
    }
    return "" if holds[expected] else f"{role}: {line.method} {line.rule} → {status}, expected {expected}"


def asked(lines: list[Line], roles: list[str], world: World) -> list[str]:
    """What is not as declared."""
    found = (wrong(line, role, *world.ask(line, role)) for line in lines for role in roles)
    return [fault for fault in found if fault]


def about(name: str) -> list[Line]:
    return sorted(
        (x for x in declared() if x.object == name),
        key=lambda x: (ORDER.index(x.method), "/discard" in x.rule),
    )


@pytest.mark.parametrize("name", OWNERS)
def test_strangers_find_nothing_and_change_nothing(name: str, world: World) -> None:
    before = world.untouched()
    assert asked(about(name), [role for role in ROLES if role not in OWNERS[name]], world) == []
    assert world.untouched() == before


def test_routes_about_nobodys_object_serve_whom_they_permit(world: World) -> None:
    lines = [x for x in about("-") if not (x.rule in ("/login", "/logout") and x.method == "POST")]
    assert asked(lines, list(ROLES), world) == []


@pytest.mark.parametrize("name", [each for each in OWNERS if OWNERS[each]])
def test_owners_reach_what_is_theirs(name: str, world: World) -> None:
    """Last: owners may change their objects."""
    assert asked(about(name), sorted(OWNERS[name]), world) == []
