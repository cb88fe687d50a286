"""The whole product as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site"))
    running.start()
    yield running
    assert running.stop() == 0
