"""What a text carries, and what `Validator(declared=True)` asserts of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdbos_atom.content import example_of, holds_content, normal_content
from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput

DRAFT7 = {"$schema": "http://json-schema.org/draft-07/schema#"}
ENCODINGS = ("", "7bit", "8bit", "binary", "quoted-printable", "base16", "base32", "base64", "base64url")
MEDIA_TYPES = (
    "",
    "application/json",
    "application/ld+json",
    "text/plain",
    "image/png",
    "image/jpeg",
    "application/pdf",
)


@given(st.text(alphabet='eyJ30=+/-_ \n{}[]"1é\\ud8', max_size=12), st.sampled_from(["", "base64"]))
def test_draft_7_is_judged_alike(text: str, encoding: str) -> None:
    """What the engine asserts of draft 7 and what we assert of every dialect is one thing."""
    for media_type in ("application/json", ""):
        asked = {"contentEncoding": encoding, "contentMediaType": media_type}
        engine = Validator({**DRAFT7, **{name: value for name, value in asked.items() if value}})
        assert holds_content(text, encoding, media_type) == engine.verdict(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_an_example_is_one(encoding: str, media_type: str) -> None:
    if encoding != "7bit" or not media_type.startswith("image/"):  # seven bits carry no picture
        assert holds_content(example_of(encoding, media_type), encoding, media_type)


REFUSED = [
    ("YR==", "base64", "", "bits that nobody wrote"),
    ("YQ", "base64", "", "no padding"),
    ("4a", "base16", "", "small letters"),
    ("é", "7bit", "", "an eighth bit"),
    ("a=b", "quoted-printable", "", "a lone equals sign"),
    ("{", "", "application/json", "half an object"),
    ("NaN", "", "application/json", "no JSON number"),
    ("ÿ", "", "text/plain", "no UTF-8"),
    ("", "", "image/png", "no signature"),
    ("YQ==", "base1", "", "an encoding that nobody reads"),
    ("a", "", "application/x-unheard-of", "a type that nobody reads"),
]


@pytest.mark.parametrize(
    ("text", "encoding", "media_type", "why"), REFUSED, ids=[each[3] for each in REFUSED]
)
def test_what_is_none_is_refused(text: str, encoding: str, media_type: str, why: str) -> None:
    assert not holds_content(text, encoding, media_type)


def test_names_are_compared_without_case_and_parameters() -> None:
    assert normal_content("Base64", "Text/HTML; charset=utf-8") == ["base64", "text/html"]
    assert normal_content(None, 5) == ["", ""]


def test_the_declared_validator_asserts_and_the_plain_one_does_not() -> None:
    schema = {"properties": {"a": {"pattern": "[a-z]*", "contentMediaType": "application/json"}}}
    loose, strict = Validator(schema), Validator(schema, declared=True)
    for value, holds in ((1, True), ("true", True), ("abc", False), ("1", False)):
        assert loose.verdict({"a": value}) and strict.verdict({"a": value}) is holds
        assert bool(strict.explain({"a": value})) is not holds
    assert {v.code for v in strict.explain({"a": "abc"})} == {"x-content"}


def test_values_stay_what_they_are() -> None:
    """What stands in enum, const or default is no schema, whatever it looks like."""
    value = {"pattern": "a", "oneOf": [{"contentEncoding": "base64"}]}
    strict = Validator({"const": value, "default": value}, declared=True)
    assert strict.verdict(value) and not strict.verdict({})


def test_branches_are_alternatives_also_beside_others() -> None:
    overlapping = [{"minimum": 1}, {"maximum": 5}]
    assert not Validator({"oneOf": overlapping}).verdict(3)
    assert Validator({"oneOf": overlapping}, declared=True).verdict(3)
    both = {"oneOf": overlapping, "anyOf": [{"multipleOf": 2}]}
    assert Validator(both, declared=True).verdict(4) and not Validator(both, declared=True).verdict(3)


@pytest.mark.parametrize("value", ["base64", ["base64"], ["base64", 5], {}])
def test_a_content_that_means_nothing_is_no_schema(value: object) -> None:
    assert validate_schema({"x-content": value})
    with pytest.raises(BadInput):
        Validator({"x-content": value})
