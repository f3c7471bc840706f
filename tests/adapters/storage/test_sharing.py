"""Who serves a file together with others learns of it; what is left of those who ended tells nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.storage.sharing import BESIDE, shared


@pytest.fixture
def path(path: Path) -> Path:
    path.parent.mkdir()
    return path


def test_the_first_is_alone_and_whoever_comes_while_another_is_there_is_not(path: Path):
    with shared(path) as first, shared(path) as second:
        assert (False, True) == (first, second)


def test_the_one_that_stays_is_seen_after_the_first_has_ended(path: Path):
    first, second = shared(path), shared(path)
    assert not first.__enter__()
    assert second.__enter__()
    first.__exit__(None, None, None)
    with shared(path) as has_another:
        assert has_another
    second.__exit__(None, None, None)
    with shared(path) as has_another:
        assert not has_another


def test_the_file_beside_is_empty_and_for_its_owner_only(path: Path):
    with shared(path):
        beside = path.with_name(path.name + BESIDE)
        assert (0, 0o600) == (beside.stat().st_size, beside.stat().st_mode & 0o777)


def test_another_name_for_the_same_file_is_the_same_file(path: Path, tmp_path: Path):
    other_name = tmp_path / "another-name.db"
    other_name.symlink_to(path)
    with shared(path), shared(other_name) as has_another:
        assert has_another


def test_two_files_are_two(path: Path, tmp_path: Path):
    with shared(path), shared(tmp_path / "another.db") as has_another:
        assert not has_another


def test_where_no_file_can_be_made_nothing_is_said(tmp_path: Path):
    with shared(tmp_path / "no-such-folder" / "lateral.db") as has_another:
        assert not has_another
