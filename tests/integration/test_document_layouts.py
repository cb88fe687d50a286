"""What a pack may publish as a template: it compiles, it is readable to everybody, it names only what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from support.house import ROOT
from support.press import Bureau

from gdbos_contracts.errors import BadInput, Fault
from gdbos_runtime import packs
from gdbos_runtime.settings import Settings
from services.workflow.handlers import publishing

HEAD = '#import "/paper.typ": *\n'
TITLE = {"zh-Hans": "合成文书"}
HTML = "<h1>{{ title|text }}</h1>"


class Registry:
    """Knows one element."""

    def schema(self, elements: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        if elements[0]["element"] != "firm.name":
            raise BadInput(faults=[Fault("/elements/0", "unknown_element", {"en": "unknown"})])
        return {}


@pytest.fixture(scope="module")
def bureau(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    return Bureau(settings, tmp_path_factory.mktemp("keys"))


def publish(bureau: Bureau, *templates: Mapping[str, Any], dry_run: bool = False) -> dict[str, Any]:
    with bureau.room() as room:
        typesetter, registry = bureau.press.typesetter, Registry()
        return publishing.publish_templates(
            templates,
            dry_run,
            room.processes,
            room.printer,
            typesetter,
            registry,
            room.work,  # type: ignore[arg-type]
        )


def template(id: str = "t", html: str = HTML, layout: str = "") -> dict[str, Any]:
    return {"id": id, "title": TITLE, "html": html, "layout": layout}


@pytest.mark.parametrize(
    ("field", "source", "code"),
    [
        ("html", "{{ title", "template"),
        ("html", "{{ password }}", "template_name"),
        ("html", "{{ answers['firm.nmae'] }}", "template_name"),
        ("html", "{{ answers.get('firm.nmae') }}", "template_name"),
        ("html", "{% for a in answers.firm %}{{ a }}{% endfor %}", "template_name"),
        ("layout", "#show: paper", "layout_opening"),
        ("layout", '#import "@preview/x:0.1.0": *\n#wording()', "layout_opening"),
        ("layout", HEAD + '#import "@preview/x:0.1.0": *', "layout_closed"),
        ("layout", HEAD + '#read("/etc/passwd")', "layout_closed"),
        ("layout", HEAD + '#include "/paper.typ"', "layout_closed"),
        ("layout", HEAD + '#eval("re" + "ad(1)")', "layout_closed"),
        ("layout", HEAD + "#sys.inputs", "layout_closed"),
        ("layout", HEAD + "#std.at(1)", "layout_closed"),
        ("layout", HEAD + "#show: paper\n$", "template"),
        ("layout", HEAD + "#show: paper\n#nothing()", "template"),
        ("layout", HEAD + '#show: paper\n#value("password")', "template_name"),
        ("layout", HEAD + '#show: paper\n#value("answers", "firm.nmae")', "template_name"),
        ("layout", HEAD + '#show: paper\n#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\'/>"))', "template"),
    ],
)  # fmt: skip
def test_what_could_not_be_printed_or_names_what_there_is_not_is_refused(
    field: str, source: str, code: str, bureau: Bureau
) -> None:
    with pytest.raises(BadInput) as refused:
        publish(bureau, template("good"), template(**{field: source}))
    assert {(f.pointer, f.code) for f in refused.value.faults} == {(f"/templates/1/{field}", code)}
    with bureau.reading() as room:
        assert room.processes.template("good") is None, "all or nothing"


def test_what_is_right_is_published_in_versions(bureau: Bureau) -> None:
    layout = HEAD + '#show: paper\n#value("applicant") #value("answers", "firm.name")\n#wording()'
    html = "<h1>{{ title|text }}</h1>{{ answers['firm.name'] }}{% for f in faults %}{{ f.field }}{% endfor %}"
    one = template("v", html, layout)
    assert publish(bureau, one, dry_run=True)["changed"] == ["v"]
    assert publish(bureau, one)["changed"] == ["v"]
    assert publish(bureau, one) == {"changed": [], "unchanged": 1}
    assert publish(bureau, template("v", html + "<p>x</p>", layout))["changed"] == ["v"]
    with bureau.reading() as room:
        held = room.processes.template("v")
    assert held and (held["version"], held["layout"]) == (2, layout)


def test_the_layouts_of_the_starter_pack_are_right(bureau: Bureau) -> None:
    found = packs.read(ROOT / "deploy" / "packs" / "starter").templates
    assert any(each["layout"] for each in found)
    assert publish(bureau, *found, dry_run=True)["changed"] == [each["id"] for each in found]
