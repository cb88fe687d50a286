"""From the issue of a document to its signed file and back: made once, genuine or refused, its values only ever text."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import eventlet
import pypdf
import pytest
import sqlalchemy as sa
from support.house import ROOT
from support.press import ADDRESS, Bureau, pdf_of, text_of

from gdbos_contracts.errors import Conflict, Damaged, NotFound, Unavailable
from gdbos_contracts.principal import Principal
from gdbos_runtime.settings import Settings
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork
from services.workflow.adapters import orm, typesetting, verification
from services.workflow.adapters.signing import PdfSigner, make_development_key
from services.workflow.adapters.typesetting import TypstTypesetter
from services.workflow.domain.case import Case
from services.workflow.handlers import printing

ADMIN = Principal("admin", "admin", "")
CASE = "11440307MB0000027Q-2026000068K"
TRICKS = [
    '#read("/etc/passwd")',
    "*粗* _斜_ `码` $x^2$ = 标题",
    '引号 " 与 \\ 反斜线 \\u{41} ${1+1} {{ 7 * 7 }}',
    "]#panic()[ /* // <label> @ref ~ -- ... #let x = 1",
    "</p><script>alert(1)</script><h1>x</h1> &lt; &amp;amp;",
]


@pytest.fixture(scope="module")
def bureau(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    return Bureau(settings, tmp_path_factory.mktemp("keys"))


def test_issue_print_verify(bureau: Bureau) -> None:
    id = bureau.issue(CASE, applicant_name="陈晓明", reason="材料不符")
    number, code = f"{CASE}-{id}", bureau.code(id)
    assert bureau.verify(number, code)["reason"] == "genuine", "issued, though no file is made yet"
    assert bureau.print_due() == 1
    assert bureau.print_due() == 0
    found = bureau.file(CASE, id)
    pdf = pdf_of(found)
    said = text_of(pdf)
    assert all(
        part in said for part in ("不予批准决定书", "陈晓明", "材料不符", number, code, "不具法律效力")
    )
    digest = hashlib.sha256(pdf).hexdigest()
    for answer in (
        bureau.verify(number, code),
        bureau.verify(sha256=digest),
        bureau.verify(number, code, digest),
    ):
        assert answer["valid"] and answer["document"]["number"] == number
        assert answer["document"]["sha256"] == digest and answer["document"]["agency"] == {
            "zh-Hans": "合成机关"
        }
        assert "陈晓明" not in str(answer)


def test_a_receipt_waits_for_whoever_wants_its_file(bureau: Bureau) -> None:
    receipt, denial = bureau.issue("Q1", "receipt"), bureau.issue("Q2")
    assert bureau.print_due() == 1
    assert text_of(pdf_of(bureau.file("Q2", denial))) and bureau.print_due() == 0
    assert "Q1" in text_of(pdf_of(bureau.file("Q1", receipt)))


def test_a_wrong_number_or_code_says_nothing(bureau: Bureau) -> None:
    id = bureau.issue("W1")
    code = bureau.code(id)
    wrong = [
        ("", ""),
        (f"W1-{id}", ""),
        (f"W1-{id}", "0" * 16),
        (f"W2-{id}", code),
        (f"W1-{id}9", code),
        ("W1", code),
    ]
    for number, given in wrong:
        assert bureau.verify(number, given) == {"valid": False, "reason": "unknown", "document": None}
    assert bureau.verify(f"W1-{id}", code.lower())["valid"], "typed from paper"


def test_altered_bytes_are_refused(bureau: Bureau) -> None:
    id = bureau.issue("T1")
    pdf = pdf_of(bureau.file("T1", id))
    assert bureau.press.signer.holds(pdf)
    envelope = range(*map(int, re.findall(rb"/ByteRange\s*\[\s*0 (\d+) (\d+)", pdf)[0]))
    for place in range(50, len(pdf), len(pdf) // 60):
        altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        digest = hashlib.sha256(altered).hexdigest()
        assert place in envelope or not bureau.press.signer.holds(altered), place
        assert bureau.verify(f"T1-{id}", bureau.code(id), digest)["reason"] == "altered"
        assert bureau.verify(sha256=digest)["reason"] == "unknown"
    for other in (b"", b"%PDF-1.7\n", pdf[:-20], pdf + b"\n", pdf[: pdf.rindex(b"startxref")]):
        assert not bureau.press.signer.holds(other)


def test_bytes_that_no_reader_understands_are_refused_and_break_nothing(bureau: Bureau) -> None:
    """What gives the file its shape, byte by byte; of the signature itself, which does not cover itself, only that
    whatever it says is an answer."""
    pdf = pdf_of(bureau.file("T2", bureau.issue("T2")))
    marks = (b"/Size", b"/Root", b"/Filter", b"/SubFilter", b"/ByteRange", b"startxref", b"trailer")
    begins = [pdf.rindex(mark) + n for mark in marks for n in range(len(mark) + 3)]
    signature = pdf.rindex(b"/Contents") + len(b"/Contents <")
    for place in (*begins, *range(signature, signature + 200, 3)):
        altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        holds = bureau.press.signer.holds(altered)
        assert place not in begins or not holds, place


def test_another_key_is_not_ours(bureau: Bureau, tmp_path: Path) -> None:
    stranger = PdfSigner(tmp_path / "k.pem", make_development_key)
    forged = stranger.sign(bureau.press.typesetter.pdf("", PAPER))
    assert stranger.holds(forged) and not bureau.press.signer.holds(forged)


def test_a_former_key_stays_verifiable(bureau: Bureau, tmp_path: Path) -> None:
    """The new key, its certificate, then the certificate of the old one."""
    old, new = tmp_path / "old.pem", tmp_path / "new.pem"
    make_development_key(old)
    signed = PdfSigner(old).sign(bureau.press.typesetter.pdf("", PAPER))
    make_development_key(new)
    assert not PdfSigner(new).holds(signed)
    certificate = old.read_bytes().partition(b"-----BEGIN CERTIFICATE-----")
    new.write_bytes(new.read_bytes() + b"".join(certificate[1:]))
    assert PdfSigner(new).holds(signed)
    assert not PdfSigner(tmp_path / "absent.pem").ready


def test_the_sealed_log_knows_every_file(bureau: Bureau) -> None:
    """A file that was altered, taken away or put there is named."""
    ids = [bureau.issue(f"L{n}") for n in range(4)]
    bureau.drain()
    assert verification.verify_documents(bureau.store).broken == []
    altered, forged, gone, made = ids
    with UnitOfWork(bureau.store) as work:
        file, log = orm.document_file, RUNTIME["audit"]
        change = sa.update(file).where(file.c.id == int(altered)).values(pdf=b"x")
        cover = (
            sa.update(file)
            .where(file.c.id == int(forged))
            .values(pdf=b"x", sha256=hashlib.sha256(b"x").hexdigest())
        )
        work.connection.execute(change)
        work.connection.execute(cover)
        work.connection.execute(sa.delete(file).where(file.c.id == int(gone)))
        work.connection.execute(sa.delete(log).where(log.c.action == "document.print", log.c.object == "L3"))
        work.commit()
    found = verification.verify_documents(bureau.store)
    assert sorted(found.broken) == sorted([(altered, "file"), (forged, "log"), (gone, "file"), (made, "log")])
    with UnitOfWork(bureau.store) as work:
        work.connection.execute(sa.delete(file).where(file.c.id.in_(map(int, ids))))
        work.connection.execute(
            sa.delete(log).where(log.c.action == "document.print", log.c.object.like("L%"))
        )
        work.commit()


@pytest.mark.parametrize("covered_up", [False, True], ids=["file", "file and digest"])
def test_what_was_altered_in_the_database_is_not_handed_out(covered_up: bool, bureau: Bureau) -> None:
    id = bureau.issue("D1")
    altered = pdf_of(bureau.file("D1", id)).replace(b"%%EOF", b"%%EOX", 1)
    forged: dict[str, Any] = {"pdf": altered}
    if covered_up:
        forged["sha256"] = hashlib.sha256(altered).hexdigest()
    with UnitOfWork(bureau.store) as work:
        table = orm.document_file
        work.connection.execute(sa.update(table).where(table.c.id == int(id)).values(**forged))
        work.commit()
    with pytest.raises(Damaged):
        bureau.file("D1", id)


def test_the_file_is_the_pdf_a_that_it_claims_to_be(bureau: Bureau) -> None:
    """Part and level in XMP, every font embedded, an output intent, tags, a language, a title, one signature."""
    id = bureau.issue("A1")
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(bureau.file("A1", id))))
    root: Any = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="2"' in xmp and 'pdfaid:conformance="A"' in xmp
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    below = [d.get_object() for font in fonts for d in font.get("/DescendantFonts", [font])]
    assert below and all({"/FontFile", "/FontFile2", "/FontFile3"} & set(d["/FontDescriptor"]) for d in below)
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"] and root["/Lang"] == "zh-CN"
    assert reader.metadata and reader.metadata.title == "不予批准决定书"
    assert not reader.is_encrypted and "/JavaScript" not in str(root)
    (field,) = (f for f in (reader.get_fields() or {}).values() if f["/FT"] == "/Sig")
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"


PAPER: dict[str, Any] = {
    "title": "合成文书", "agency": "合成机关", "number": "1-1", "code": "AB", "at": "2026-11-25T08:00:00+08:00",
    "notice": "", "address": ADDRESS, "link": f"{ADDRESS}/x", "values": {}, "body": [{"kind": "paragraph", "text": "文"}],
}  # fmt: skip


def test_a_reprint_is_the_same_document(bureau: Bureau) -> None:
    """In another process too: the bytes are a function of layout and paper."""
    here = hashlib.sha256(bureau.press.typesetter.pdf("", PAPER)).hexdigest()
    program = (
        "import hashlib; from services.workflow.adapters.typesetting import TypstTypesetter as T;"
        f"print(hashlib.sha256(T().pdf('', {PAPER!r})).hexdigest())"
    )
    path = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "libs")])}
    there = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=path, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here
    assert bureau.press.typesetter.pdf("", {**PAPER, "code": "AC"}) != bureau.press.typesetter.pdf("", PAPER)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_value_is_text_whatever_is_written_in_it(trick: str, bureau: Bureau) -> None:
    """In the wording, and where a layout shows it."""
    layout = '#import "/paper.typ": *\n#show: paper\n#value("applicant")\n#wording()\n'
    bureau.template(f"trick{TRICKS.index(trick)}", "<h1>文书</h1><p>{{ reason }}</p>", layout)
    case_no = f"I{TRICKS.index(trick)}"
    id = bureau.issue(
        case_no, f"trick{TRICKS.index(trick)}", applicant_name=f"甲{trick}乙", reason=f"丙{trick}丁"
    )
    said = text_of(pdf_of(bureau.file(case_no, id)))
    plain = "".join(trick.split())
    assert f"甲{plain}乙" in said and f"丙{plain}丁" in said
    assert "root:" not in said and bureau.incident(case_no, id) is None


def test_line_breaks_and_what_no_font_has_do_no_harm(bureau: Bureau) -> None:
    id = bureau.issue("C1", reason="一\n二\x07三\u202e四\t五")
    assert "一二三四五" in text_of(pdf_of(bureau.file("C1", id)))


def test_a_missing_value_gives_way_to_the_built_in_layout_and_is_told(bureau: Bureau) -> None:
    layout = '#import "/paper.typ": *\n#show: paper\n自有版式 #value("answers", "firm.name")\n#wording()\n'
    bureau.template("wants", "<h1>文书</h1><p>{{ reason }}</p>", layout)
    id = bureau.issue("M1", "wants", reason="有理由")
    said = text_of(pdf_of(bureau.file("M1", id)))
    assert "有理由" in said and "自有版式" not in said
    held = bureau.incident("M1", id)
    assert held and (held["reason"], held["element"]) == ("missing_value", "wants")
    assert "firm.name" in held["message"]["en"] and held["resolved_at"] is None
    there = bureau.issue("M2", "wants", answers={"firm.name": "合成商行"})
    assert "自有版式合成商行" in text_of(pdf_of(bureau.file("M2", there)))


def test_a_document_keeps_the_template_it_was_issued_with(bureau: Bureau) -> None:
    head = '#import "/paper.typ": *\n#show: paper\n'
    bureau.template("kept", "<h1>文书</h1><p>一</p>", head + "首版\n#wording()")
    id = bureau.issue("K1", "kept")
    bureau.template("kept", "<h1>文书</h1><p>二</p>", head + "次版\n#wording()", 2)
    assert "首版一" in text_of(pdf_of(bureau.file("K1", id)))
    assert "次版二" in text_of(pdf_of(bureau.file("K1", bureau.issue("K1", "kept"))))


def test_a_character_without_a_font_stops_no_other_document(bureau: Bureau) -> None:
    bureau.drain()
    bad, good = bureau.issue("G1", reason="\U0010fffd"), bureau.issue("G2")
    assert bureau.print_due() == 1
    assert bureau.print_due() == 0, "not tried for ever"
    with pytest.raises(Conflict) as told:
        bureau.file("G1", bad)
    assert "字体" in dict(told.value.detail)["zh-Hans"]
    assert pdf_of(bureau.file("G2", good))
    held = bureau.incident("G1", bad)
    assert held and held["reason"] == "no_glyph"


def test_without_a_font_the_page_says_so_and_nothing_is_lost(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.drain()
    id = bureau.issue("F1")
    with monkeypatch.context() as bare:
        bare.setattr(typesetting, "families", lambda: ())
        assert not TypstTypesetter().ready and bureau.print_due() == 0
        with pytest.raises(Unavailable) as told:
            bureau.file("F1", id)
        assert "font" in dict(told.value.detail)["en"]
    assert bureau.print_due() == 1


def test_made_once_however_many_ask(bureau: Bureau) -> None:
    bureau.drain()
    id = bureau.issue("O1")

    def ask(n: int) -> str:
        return "" if n % 3 == 0 and bureau.print_due() else str(bureau.file("O1", id)["pdf"])

    given = {pdf for pdf in eventlet.GreenPool(8).imap(ask, range(8)) if pdf}
    assert len(given) == 1
    with UnitOfWork(bureau.store, writing=False) as work:
        audit = RUNTIME["audit"].c
        told = work.connection.execute(
            sa.select(audit.body).where(audit.action == "document.print", audit.object == "O1")
        )
        (body,) = [row.body for row in told]
    assert hashlib.sha256(base64.b64decode(given.pop())).hexdigest() in body


def test_only_those_who_may_see_a_document_get_its_file(bureau: Bureau) -> None:
    id = bureau.issue("N1")
    other = Principal("other", "person", "某人", subject={"person.citizen_id": "110101200001010010"})
    for case_no, wanted in (("N1", id), ("N1", "999999"), ("N2", id), ("N1", "x")):
        with pytest.raises(NotFound):
            printing.file(case_no, wanted, other, bureau.press, bureau.reading, bureau.room)


def test_a_revoked_decision_is_told(bureau: Bureau) -> None:
    id = bureau.issue("R1", "decision")
    assert bureau.verify(f"R1-{id}", bureau.code(id))["reason"] == "genuine"
    with bureau.room() as room:
        case = room.cases.get("R1")
        assert isinstance(case, Case)
        case.body = {**case.body, "revoked": {"reason": "x"}}
        room.cases.save(case)
        room.work.commit()
    answer = bureau.verify(f"R1-{id}", bureau.code(id))
    assert (answer["valid"], answer["reason"]) == (False, "revoked")
