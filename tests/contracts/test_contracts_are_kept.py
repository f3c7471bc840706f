"""No adapter and no store without its contract; every chat adapter with the same four files."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ADAPTERS = ROOT / "adapters"
TESTS = ROOT / "tests" / "adapters"
NOT_CHATS = {"storage", "commands", "signatures"}
FOUR_FILES = {"app.py", "incoming.py", "outgoing.py", "limits.py"}
STORES = {"memory.py": "MemoryStore", "sqlite.py": "SqliteStore"}


def chats() -> list[str]:
    return sorted(path.parent.name for path in ADAPTERS.glob("*/__init__.py") if path.parent.name not in NOT_CHATS)


def test_every_chat_adapter_has_the_same_four_files():
    missing = {name: FOUR_FILES - {path.name for path in (ADAPTERS / name).glob("*.py")} for name in chats()}
    assert {name: files for name, files in missing.items() if files} == {}


def test_every_chat_adapter_passes_the_chat_contract():
    kept = {name for name in chats() if "(ChatContract)" in (TESTS / name / "test_chat_contract.py").read_text()}
    assert sorted(kept) == chats()


def test_every_store_passes_the_store_contract():
    tests = "".join(path.read_text() for path in (TESTS / "storage").glob("test_*.py"))
    assert "(StoreContract)" in tests
    for module, store in STORES.items():
        assert (ADAPTERS / "storage" / module).exists()
        assert store in tests


def test_contracts_skip_nothing():
    for contract in (ROOT / "tests" / "contracts").glob("*_contract.py"):
        assert "skip" not in contract.read_text()
