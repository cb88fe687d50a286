"""Identifiers are unique, in a process and across a fork, whatever anybody seeds."""

from __future__ import annotations

import os
import random

import pytest

from gdbos_runtime.ids import unique
from gdbos_runtime.tracing import child


@pytest.mark.parametrize("size", [8, 12, 16])
def test_they_have_their_size_and_none_comes_twice(size: int) -> None:
    found = {unique(size) for _ in range(20_000)}
    assert len(found) == 20_000 and {len(each) for each in found} == {2 * size}


def test_a_seed_of_the_common_generator_repeats_none() -> None:
    found = set()
    for _ in range(3):
        random.seed(0)
        found.add(unique(16))
    assert len(found) == 3


def test_a_child_of_the_process_makes_others() -> None:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write, unique(16).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(read, 32).decode() != unique(16)
    os.close(read)
    os.close(write)


def test_a_trace_goes_on_with_another_span() -> None:
    first = child("")
    second = child(first)
    assert first[:36] == second[:36] and first[36:52] != second[36:52]
