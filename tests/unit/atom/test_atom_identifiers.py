"""Identifiers: every published example holds, every single slip is found, and agrees with an oracle."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as oracle_uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2, mod_37_36

from gdbos_atom.identifiers import CHECKS, CODE_SCHEMES, recognise
from gdbos_atom.identifiers.characters import A36

ROOT = "1.2.156.3005.2."
EXAMPLES = {
    "citizen_id": ["110101200001010010", "420106198911309921", "440305199602299996"],
    "org_code": ["MA5GDB01-X", "00000004-3", "MA0GDB05-3"],
    "uscc": [
        "91110108MA0GDB0536",
        "114201000000004223",
        "52440300MJL000016J",
        "11440307MB0000027Q",
        "11330103MB0000019Y",
        "11420100MB0000035U",
        "11110115MB00000436",
    ],
    "task_code": [
        "11440307MB0000027Q4000131003000",
        "11440307MB0000027Q4442014012003",
        "11440307MB0000027Q4000109017001",
    ],
    "task_handle_item": [
        "11440307MB0000027Q400013100300001",
        "11440307MB0000027Q444201401200301",
        "11440307MB0000027Q400010901700101",
    ],
    "case_no": [
        "11440307MB0000027Q4000131003000202506050001",
        "11440307MB0000027Q4000131003000202506050002",
        "11440307MB0000027Q4000109017001202506060001",
    ],
    "licence_id": [
        ROOT + "11100000000013338W009.11440307MB0000027Q.2025000001.001.O",
        ROOT + "11100000000013338W011.11440307MB0000027Q.20250000403.002.T",
        ROOT + "11100000000013661B006.11440307MB0000027Q.GDBOS0000000000042.001.J",
    ],
}
MUTATIONS = 10_000


def mutations(kind: str) -> list[tuple[str, str]]:
    """(example, the example with one character changed to another of the digits and capitals)."""
    rng = random.Random(kind)
    start = len(ROOT) if kind == "licence_id" else 0
    found = []
    while len(found) < MUTATIONS:
        example = rng.choice(EXAMPLES[kind])
        at = rng.randrange(start, len(example))
        char = rng.choice(A36)
        if char != example[at] and example[at] not in ".-":
            found.append((example, example[:at] + char + example[at + 1 :]))
    return found


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in EXAMPLES.items() for t in texts])
def test_every_published_example_holds(kind: str, text: str) -> None:
    check = CHECKS[kind]
    assert check.valid(text)
    assert check.check(text) == []


@pytest.mark.parametrize("kind", ["citizen_id", "uscc", "licence_id"])
def test_every_single_slip_is_found(kind: str) -> None:
    check = CHECKS[kind]
    missed = [text for _, text in mutations(kind) if check.valid(text)]
    assert missed == []


def organisation_check(body: str) -> str:
    """GB 11714 as the standard writes it: 11 less the weighted sum modulo 11."""
    rest = 11 - sum(A36.index(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def test_every_organisation_code_whose_check_fails_is_found() -> None:
    """Its modulus is 11 over 36 characters: B for X, 11 for 33, is a slip that the standard cannot see."""
    check = CHECKS["org_code"]
    torn = [
        text
        for _, text in mutations("org_code")
        if check.valid(text) != (text[-1] in "0123456789X" and organisation_check(text[:8]) == text[-1])
    ]
    assert torn == []


@pytest.mark.parametrize("kind", ["task_code", "task_handle_item", "case_no"])
def test_a_slip_in_the_agency_or_the_date_of_a_code_is_found(kind: str) -> None:
    """The basic code, the serial and a day for another day carry no check of their own: those may pass."""
    check = CHECKS[kind]
    missed = [
        (example, text)
        for example, text in mutations(kind)
        if check.valid(text) and (example[:18] != text[:18] or not text[18:].isdecimal())
    ]
    assert missed == []


@pytest.mark.parametrize("kind", list(EXAMPLES))
def test_the_verdict_and_the_explanation_agree_on_every_slip(kind: str) -> None:
    check = CHECKS[kind]
    torn = [text for _, text in mutations(kind)[:3000] if check.valid(text) == bool(check.check(text))]
    assert torn == []


def oracle_says(judge: object, text: str) -> bool:
    try:
        judge.validate(text)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("text", EXAMPLES["citizen_id"])
def test_citizen_ids_agree_with_the_oracle(text: str) -> None:
    assert oracle_says(ric, text)


def test_check_characters_of_citizen_ids_agree_with_the_oracle_on_slips() -> None:
    """The oracle also knows which county existed when, so only its arithmetic is compared."""
    check = CHECKS["citizen_id"]
    torn = [
        text
        for _, text in mutations("citizen_id")
        if text[:17].isdecimal()
        and text[17] in "0123456789X"
        and check.holds(text) != oracle_says(mod_11_2, text)
    ]
    assert torn == []


def test_usccs_agree_with_the_oracle_on_slips() -> None:
    """The oracle wants digits in places 1–8 and does not look at the organisation code inside."""
    check = CHECKS["uscc"]
    torn = []
    for _, text in mutations("uscc"):
        if text[:8].isdecimal() and check.valid(text) and not oracle_says(oracle_uscc, text):
            torn.append(text)
        if oracle_says(oracle_uscc, text) and not check.valid(text):
            codes = {f.why for f in check.check(text)}
            torn += [text] if codes - {"inner_org_code", "character"} else []
    assert torn == []


@settings(max_examples=300)
@given(st.text(A36, min_size=5, max_size=40))
def test_mod_37_36_agrees_with_the_oracle(body: str) -> None:
    from gdbos_atom.identifiers.licence_id import check_character

    assert check_character(body) == mod_37_36.calc_check_digit(body)


EDGES = [
    ("citizen_id", "110101000101001", "old_card"),
    ("citizen_id", "11010120000101001x", "lower_case"),
    ("citizen_id", "１10101200001010010", "full_width"),
    ("citizen_id", "110101 200001010010", "space"),
    ("citizen_id", "1101012000010100101", "length"),
    ("citizen_id", "110101200001010011", "check_digit"),
    ("citizen_id", "1.10101200001010E+17", "number_as_float"),
    ("citizen_id", "110101200002300012", "birth_date"),
    ("citizen_id", "990101200001010010", "permanent_resident"),
    ("citizen_id", "ABC123456789012", "permanent_resident"),
    ("citizen_id", "100101200001010010", "province"),
    ("citizen_id", "811000200001010010", "residence_permit"),
    ("citizen_id", "111111111111111111", "placeholder"),
    ("citizen_id", "", "empty"),
    ("uscc", "9111O108MA0GDB0536", "look_alike"),
    ("uscc", "91110108mA0GDB0536", "lower_case"),
    ("uscc", "911A0108MA0GDB0536", "character"),
    ("uscc", "91110108MAOGDB0536", "look_alike"),
    ("uscc", "91110108MI0GDB0536", "look_alike"),
    ("uscc", "91110108MA0GDB0S36", "look_alike"),
    ("uscc", "91110108MAZGDB0536", "look_alike"),
    ("uscc", "91110108VA0GDB0536", "look_alike"),
    ("uscc", "MA0GDB05-3", "old_org_code"),
    ("uscc", "91110108MA0GDB0537", "check_digit"),
    ("org_code", "MA0GDB05－3", "missing_hyphen"),
    ("mobile", "23800138000", "shape"),
    ("licence_id", "2.1.156.3005.2.x", "root"),
]


@pytest.mark.parametrize(("kind", "text", "why"), EDGES)
def test_every_slip_has_its_own_message(kind: str, text: str, why: str) -> None:
    faults = CHECKS[kind].check(text)
    assert why in {f.why for f in faults}, [f.code for f in faults]
    for fault in faults:
        assert set(fault.message) == {"zh-Hans", "zh-Hant", "en"}
        assert all(fault.message.values())


def test_a_uscc_with_a_good_check_but_a_bad_organisation_code_is_refused() -> None:
    from gdbos_atom.identifiers.uscc import check_character

    first17 = "91110108MA0GDB054"
    text = first17 + check_character(first17)
    assert [f.why for f in CHECKS["uscc"].check(text)] == ["inner_org_code"]


def test_residents_of_hong_kong_macao_and_taiwan_are_accepted() -> None:
    from gdbos_atom.identifiers.citizen_id import check_character

    for division in ("810000", "820000", "830000"):
        first17 = division + "19900101001"
        assert CHECKS["citizen_id"].valid(first17 + check_character(first17))


def test_registrars_with_letters_are_accepted() -> None:
    from gdbos_atom.identifiers.uscc import check_character

    first17 = "N2110108MA0GDB053"
    assert CHECKS["uscc"].valid(first17 + check_character(first17))


def test_an_old_card_is_converted_with_19() -> None:
    from gdbos_atom.identifiers.citizen_id import from_old

    assert CHECKS["citizen_id"].valid(from_old("110101900101001"))
    with pytest.raises(ValueError, match="15 digits"):
        from_old("1101019001010")


def test_a_number_is_never_an_identifier() -> None:
    for check in CHECKS.values():
        assert [f.why for f in check.check(110101200001010010)] == ["not_text"]


def test_the_expected_check_character_is_never_told() -> None:
    for fault in CHECKS["citizen_id"].check("110101200001010011"):
        assert "0010" not in "".join(fault.message.values())


@pytest.mark.parametrize("stranger", ["@", "中", "１", "a", "\u200b"])
@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in EXAMPLES.items() for t in texts])
def test_a_slip_is_told_at_its_own_place(kind: str, text: str, stranger: str) -> None:
    """Whatever stands in a place where it cannot stand: the fault counts to it from 1, in the whole text."""
    start = len(ROOT) if kind == "licence_id" else 0
    places = [at for at in range(start, len(text)) if text[at] not in ".-"]
    astray = []
    for at in places:
        faults = CHECKS[kind].check(text[:at] + stranger + text[at + 1 :])
        astray += [] if at + 1 in {fault.at for fault in faults} else [(at + 1, faults)]
    assert astray == []


def test_check_characters_of_licence_ids_agree_with_the_oracle_on_slips() -> None:
    from gdbos_atom.identifiers.licence_id import check_character

    for _, text in mutations("licence_id"):
        body = text[len(ROOT) :].replace(".", "")
        assert (check_character(body[:-1]) == body[-1]) == oracle_says(mod_37_36, body), text


MASKS = [
    ("citizen_id", "110101200001010010", "110101********0010"),
    ("uscc", "91110108MA0GDB0536", "91110108******0536"),
    ("mobile", "13800138000", "138****8000"),
    ("org_code", "MA5GDB01-X", "MA******-X"),
]


@pytest.mark.parametrize(("kind", "text", "shown"), MASKS)
def test_masks(kind: str, text: str, shown: str) -> None:
    assert CHECKS[kind].mask(text) == shown


PERSONAL = ("citizen_id", "permanent_resident_id", "mobile", "phone", "licence_id")


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_a_mask_hides_cannot_be_read_back(kind: str) -> None:
    """Two holders whose numbers differ in the hidden characters alone are shown alike."""
    text = {"mobile": "13800138000", "phone": "0755-28280001"}.get(
        kind, EXAMPLES.get(kind, ["ABC110000010107"])[0]
    )
    shown = CHECKS[kind].mask(text)
    assert len(shown) == len(text) and shown.count("*") >= 4
    hidden = [at for at, char in enumerate(shown) if char == "*"]
    other = "".join("7" if at in hidden else char for at, char in enumerate(text))
    assert CHECKS[kind].mask(other) == shown


@settings(max_examples=200)
@given(st.sampled_from(sorted(CHECKS)), st.text(max_size=60))
def test_any_text_is_judged_alike_and_masked_without_a_crash(kind: str, text: str) -> None:
    check = CHECKS[kind]
    assert check.valid(text) == (check.check(text) == [])
    assert isinstance(check.mask(text), str)


def test_item_codes_are_recognised_by_scheme() -> None:
    assert recognise("000131003000")[0] == "catalog_code"
    assert recognise("11440307MB0000027Q4000131003000")[0] == "task_code"
    assert recognise("511A0148600000-511602000000-000-11511301008778255F-1-00") == ["sichuan_item"]
    assert recognise("XK12345678")[0] == "guizhou_item"
    assert set(recognise("A1")) <= set(CODE_SCHEMES)
