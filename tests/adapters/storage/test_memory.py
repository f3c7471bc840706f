"""The store in memory keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.storage.memory import MemoryStore
from tests.contracts.store_contract import Kept, StoreContract


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[Kept]:
        store = MemoryStore()
        yield store
        store.close()
