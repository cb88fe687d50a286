"""Events on their way to the broker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from gdbos_runtime.relay import together

MOST, LARGE = 4, 300

ROWS = st.lists(
    st.builds(
        lambda to, size: {"destination": to, "body": json.dumps({"x": "事" * size}, ensure_ascii=False)},
        st.sampled_from(["datahub", "catalog"]),
        st.sampled_from([0, 10, 100, 600]),
    ),
    max_size=30,
)


@given(ROWS)
def test_every_event_is_in_one_message_to_its_destination_in_its_order(
    rows: Sequence[dict[str, str]],
) -> None:
    given = [SimpleNamespace(event_id=str(n), **row) for n, row in enumerate(rows)]
    messages = list(together(given, MOST, LARGE))
    for destination in ("datahub", "catalog"):
        sent = [(ids, json.loads(body)) for to, ids, body in messages if to == destination]
        wanted = [row for row in given if row.destination == destination]
        assert [id for ids, _ in sent for id in ids] == [row.event_id for row in wanted]
        bodies = [each for _, body in sent for each in (body if isinstance(body, list) else [body])]
        assert bodies == [json.loads(row.body) for row in wanted]


@given(ROWS)
def test_a_message_is_no_larger_than_its_bounds_or_one_event(rows: Sequence[dict[str, str]]) -> None:
    given = [SimpleNamespace(event_id="1", **row) for row in rows]
    for _, ids, body in together(given, MOST, LARGE):
        assert len(ids) == 1 or (len(ids) <= MOST and len(body.decode()) <= LARGE + len("[]") + MOST)
