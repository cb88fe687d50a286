"""The editor of a model 流程、決策: its text out of the form, looked at, kept as a draft, put in force.

What processes and decisions do alike when they are edited, whichever page the form was sent from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.parts import ask
from gateway.portal import vendor, view
from gateway.portal.faults import Line
from gateway.portal.models import given, told
from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, TooLarge

Json = Mapping[str, Any]
Act = Callable[[str, str], AnyResponse]


@dataclass(frozen=True, slots=True)
class ModelEditor:
    """One kind of model: `kind` in the workflow's names, `language` its text's name there and in the form, `library`
    the drawing editor."""

    kind: str
    plural: str
    language: str
    library: str
    properties: tuple[str, ...] = ()
    """Attributes of urn:gdbos:bpmn:1 that the editor offers for an element."""

    def page(self, id: str, faults: Any = (), text: str = "", **found: Any) -> Response:
        """The draft where there is one, else the newest version, unless `text` is at hand; with what was `found`."""
        model = ask("workflow", "model", {"kind": self.kind, "id": id})
        draft = model["draft"]
        held = draft["content"] if draft else model["text"]
        return view.render(
            f"{self.kind}-edit.html",
            **{self.kind: model},
            text_now=text or request.form.get(self.language, "") or held,
            faults=faults,
            scripts=vendor.assets(self.library),
            properties=self.properties,
            may_publish=g.principal.kind == "admin",
            **found,
        )

    def change(self, id: str, more: Mapping[str, Act] = MappingProxyType({})) -> AnyResponse:
        """lint · draft · publish, and what this kind does `more`, as the button says; nothing is kept of what is
        refused."""
        acts: Mapping[str, Act] = {"draft": self.draft, "publish": self.publish, **more}
        try:
            return acts.get(request.form.get("act", ""), self.lint)(id, given(self.language))
        except (BadInput, Conflict, TooLarge) as error:
            return self.page(id, faults=told(error))

    def new(self, faults: Sequence[Fault] = (), looked_at: Json | None = None) -> Response:
        """What a new model is to be called, and what it begins with; with what the linter says of it."""
        others = ask("workflow", self.plural)[self.plural]
        response = view.render(
            "model-new.html",
            kind=self.kind,
            plural=self.plural,
            address=self.address("new"),
            others=others,
            given=request.form,
            looked_at=looked_at,
            summary=[Line(f"#{fault.pointer[1:]}", fault.message) for fault in faults],
        )
        response.status_code = 422 if faults else 200
        return response

    def begin(self) -> AnyResponse:
        """lint, of which nothing is kept, or the draft that the editor opens."""
        wanted = {name: request.form.get(name, "").strip()[:200] for name in ("id", "name", "template")}
        rehearsed = request.form.get("act") == "lint"
        try:
            found = ask("workflow", "begin_model", {**wanted, "kind": self.kind, "dry_run": rehearsed})
        except BadInput as error:
            return self.new(error.faults)
        return (
            self.new(looked_at=found["looked_at"])
            if rehearsed
            else view.to(f"{self.address(found['id'])}/edit")
        )

    def lint(self, id: str, text: str) -> AnyResponse:
        return self.page(id, text=text, looked_at=ask("workflow", f"lint_{self.kind}", {self.language: text}))

    def draft(self, id: str, text: str) -> AnyResponse:
        command = {"id": id, "kind": self.kind, "content": text, "revision": view.number("revision") or 0}
        ask("workflow", "save_model_draft", command)
        return view.to(f"{self.address(id)}/edit", saved="1")

    def publish(self, id: str, text: str) -> AnyResponse:
        """The next version, for new cases only; running ones keep theirs."""
        if g.principal.kind != "admin":
            raise Forbidden
        version = ask("workflow", f"publish_{self.kind}", {"id": id, self.language: text})["version"]
        return view.to(self.address(id), published=str(version))

    def file(self, id: str) -> Response:
        """The version that the address names, to be edited in any modeller."""
        found = ask("workflow", self.kind, {"id": id, "version": view.number("version")})
        response = Response(found[self.language], mimetype="application/xml")
        response.headers["Content-Disposition"] = "attachment"
        return response

    def address(self, id: str) -> str:
        return f"/agency/{self.plural}/{id}"


_OFFERED = ("role", "state", "actions", "form", "reads", "writes", "due", "outcome", "visit")
PROCESS = ModelEditor("process", "processes", "bpmn", "bpmn-js", _OFFERED)
DECISION = ModelEditor("decision", "decisions", "dmn", "dmn-js")
