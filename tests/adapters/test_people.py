"""`lateral export` and `lateral forget` where nobody has talked yet: said plainly, and nothing is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.commands.people import export, forget


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "new.db"


def test_an_export_without_a_file_says_that_nothing_is_kept(database: Path, capsys):
    export("nobody", form="md", database=database)
    assert capsys.readouterr().out == "Nothing is kept about nobody.\n"
    assert not database.parent.exists()


def test_an_export_as_json_without_a_file_is_empty_and_says_so_beside_it(database: Path, capsys):
    export("nobody", form="json", database=database)
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "person": "nobody",
        "records": {},
        "owed": [],
        "deliveries": [],
        "places": [],
        "keeps": [],
    }
    assert said.err == "Nothing is kept about nobody.\n"
    assert not database.parent.exists()


def test_forgetting_without_a_file_says_that_nothing_was_kept(database: Path, capsys):
    forget("nobody", database=database)
    assert capsys.readouterr().out == "Nothing was kept about nobody.\n"
    assert not database.parent.exists()
