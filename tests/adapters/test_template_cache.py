"""Compiled templates are kept where they can be; whatever befalls the folder, the words come out."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.content_files import CONTENT
from adapters.launch import load_wording
from adapters.settings import Settings
from bot.guide import Guide
from bot.replies import AllRight, Stopped
from bot.wording import Wording

BOTH = ["All right. I am here when you want to go on.", "Stopped. You will hear nothing more from me."]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "lateral.db", CONTENT, tmp_path / "cache", "pm-to-pmo")


def _said(wording: Wording) -> list[str]:
    return [message.text.partition("\n")[0] for message in wording.word((AllRight(), Stopped()))]


def _kept(settings: Settings) -> list[Path]:
    return sorted(settings.cache.glob("__jinja2_*"))


@contextmanager
def _full_disk() -> Iterator[None]:
    """Let no file of this process grow past a few bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_was_compiled_is_kept_and_serves_the_next_start(settings: Settings, guide: Guide):
    assert BOTH == _said(load_wording(settings, guide))
    kept = {path: path.stat().st_mtime_ns for path in _kept(settings)}
    assert 2 == len(kept)

    assert BOTH == _said(load_wording(settings, guide))
    assert kept == {path: path.stat().st_mtime_ns for path in _kept(settings)}


def test_a_folder_that_vanished_while_the_server_runs_costs_no_turn(settings: Settings, guide: Guide):
    wording = load_wording(settings, guide)
    shutil.rmtree(settings.cache)
    assert BOTH == _said(wording)


def test_a_folder_that_can_be_neither_read_nor_written_costs_no_turn(settings: Settings, guide: Guide):
    wording = load_wording(settings, guide)
    shutil.rmtree(settings.cache)
    settings.cache.write_text("a file has taken its place")
    assert BOTH == _said(wording)


def test_a_full_disk_costs_no_turn_and_leaves_nothing_half_written(settings: Settings, guide: Guide):
    wording = load_wording(settings, guide)
    with _full_disk():
        assert BOTH == _said(wording)
    assert [] == _kept(settings)


@pytest.mark.parametrize("left", [b"", b"j2", 30, b"none of it is ours"])
def test_a_damaged_file_is_compiled_again_and_mended(settings: Settings, guide: Guide, left: bytes | int):
    assert BOTH == _said(load_wording(settings, guide))
    whole = {path: path.read_bytes() for path in _kept(settings)}
    for path, content in whole.items():
        path.write_bytes(content[:left] if isinstance(left, int) else left)

    assert BOTH == _said(load_wording(settings, guide))
    assert whole == {path: path.read_bytes() for path in _kept(settings)}
