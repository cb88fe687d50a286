"""What a clerk may not see comes in no answer of any route: headers, problems and pages included.

聯合審查: the traffic police read the name and the place of the works and one of two plans; others nothing at all.
"""

from __future__ import annotations

import http.client
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from support.house import ROOT
from support.permissions import Line, declared
from support.site import Site

ITEM, REGION, POLICE = "11440305MB2X01023X4440117009001", "440305", "clerk-jj"
SHARED = {"premises.name": "哨兵工地甲", "premises.address": "哨兵路七十七号"}
WITHHELD = {"contact.name": "哨兵联系人乙", "contact.mobile": "13912345671"}
FILES = {"traffic_plan": "sentinel-traffic.pdf", "site_plan": "sentinel-site.pdf"}
STRANGERS = ("clerk-yb", "citizen", "agency-admin", "")
SENDS_NO_END = "/api/v1/applications/<case_no>/events"
LEAVES = ("/api/v1/sessions", "/logout")


class Joint:
    """The site with one case under joint review, and every identifier that somebody might try."""

    def __init__(self, site: Site) -> None:
        self.site = site
        applied = site.command("pack", "apply", str(ROOT / "deploy" / "packs" / "procedures"))
        assert applied.returncode == 0, applied.stderr
        names = ("firm", "clerk-cg", POLICE, *STRANGERS[:-1])
        self.tokens = {name: site.sign_in(name) for name in names} | {"": ""}
        firm = self.tokens["firm"]
        place = {"region": REGION, "situation": ""}
        ready = site.ask("POST", f"/api/v1/items/{ITEM}/prefill", place, firm).json
        known = {name: held["value"] for name, held in ready["values"].items()}
        self.files = {material: self._upload(name) for material, name in FILES.items()}
        body = {
            "item": ITEM,
            **place,
            "answers": {**known, **SHARED, **WITHHELD},
            "materials": [{"material": m, "file": id} for m, id in self.files.items()],
            "consents": [],
        }
        filed = site.ask("POST", "/api/v1/applications", body, firm, Idempotency_Key=uuid.uuid4().hex)
        assert filed.status == 201, filed.text
        self.case_no = filed.json["case_no"]
        self._accept()
        self.task = self._task(POLICE)
        shown = site.ask("GET", f"/api/v1/applications/{self.case_no}", token=firm).json
        papers = [each["id"] for each in shown["documents"]]
        self.ids = [self.task, *self.files.values(), *papers, self.case_no, ITEM, "1"]

    def _upload(self, name: str) -> str:
        part = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = f"{part}Content-Type: application/pdf\r\n\r\n%PDF-1.4\n{name}\n\r\n--b--\r\n".encode()
        form = "multipart/form-data; boundary=b"
        answer = self.site.ask("POST", "/api/v1/files", body, self.tokens["firm"], Content_Type=form)
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    def _task(self, clerk: str) -> str:
        tasks = self.site.ask("GET", "/api/v1/tasks?limit=100", token=self.tokens[clerk]).json["tasks"]
        return str(next(each["id"] for each in tasks if each["case_no"] == self.case_no))

    def _accept(self) -> None:
        task, token = self._task("clerk-cg"), self.tokens["clerk-cg"]
        done = self.site.ask(
            "POST", f"/api/v1/tasks/{task}/complete", {"action": "accept", "data": {}}, token
        )
        assert done.status == 200, done.text

    def paths(self, line: Line) -> Iterator[str]:
        """The route with every identifier of the case at its last place."""
        places = re.findall(r"<(?:[^<>:]*:)?(\w+)>", line.rule)
        fixed = {"case_no": self.case_no, "kind": "items"}
        for id in self.ids if set(places) - fixed.keys() else [""]:
            path = line.rule
            for name in places:
                path = re.sub(r"<[^<>]+>", quote(fixed.get(name, id), safe=""), path, count=1)
            yield path

    def told(self, line: Line, path: str, name: str) -> str:
        """Head and body of the answer."""
        token = self.tokens[name]
        headers = {"Connection": "close", "Accept-Language": "en"}
        if token and line.page:
            headers["Cookie"] = f"gdbos_session={token}"
        elif token:
            headers["Authorization"] = f"Bearer {token}"
        body = "" if line.method in ("GET", "DELETE") else json.dumps({"text": self.case_no, "id": self.task})
        headers |= {"Content-Type": "application/json"} if body else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        try:
            connection.request(line.method, path, body or None, headers)
            answer = connection.getresponse()
            return f"{answer.getheaders()}{answer.read().decode(errors='replace')}"
        finally:
            connection.close()

    def sweep(self, name: str) -> list[tuple[str, str]]:
        """(route, all that it told) of every route, as this account."""
        lines = [
            x for x in declared() if x.rule != SENDS_NO_END and not (x.rule in LEAVES and x.method != "GET")
        ]
        return [(f"{x.method} {p}", self.told(x, p, name)) for x in lines for p in self.paths(x)]


@pytest.fixture(scope="module")
def joint(site: Site) -> Joint:
    return Joint(site)


def leaks(told: list[tuple[str, str]], words: Any) -> list[tuple[str, str]]:
    return [(route, word) for route, text in told for word in words if word in text]


def test_the_asked_agency_is_told_its_share_and_nothing_else(joint: Joint) -> None:
    told = joint.sweep(POLICE)
    everything = "".join(text for _, text in told)
    assert all(word in everything for word in (*SHARED.values(), FILES["traffic_plan"]))
    assert leaks(told, (*WITHHELD.values(), FILES["site_plan"])) == []


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_is_told_nothing(name: str, joint: Joint) -> None:
    assert leaks(joint.sweep(name), (*SHARED.values(), *WITHHELD.values(), *FILES.values())) == []
