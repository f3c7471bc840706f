"""`make test-times` takes in every moment, and at each another one of a test with parameters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import at_moments
from tests.conftest import ROOT

THREE = """
import pytest

@pytest.mark.parametrize("number", [1, 2, 3])
def test_numbers(number): pass

def test_alone(): pass
"""


@pytest.mark.parametrize(
    ("turn", "kept"),
    [
        (0, ["test_numbers[1]", "test_alone"]),
        (2, ["test_numbers[3]", "test_alone"]),
        (4, ["test_numbers[2]", "test_alone"]),
    ],
)
def test_of_a_test_with_parameters_one_is_kept_and_at_another_turn_another(tmp_path: Path, turn: int, kept: list[str]):
    file = tmp_path / "test_three.py"
    file.write_text(THREE)
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *at_moments.one_of_each(turn), str(file)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.rpartition("::")[2] for line in ran.stdout.splitlines() if "::" in line] == kept


def test_each_moment_has_its_turn_and_one_that_fails_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    seen: list[tuple[str, list[str]]] = []

    def passes(moment: str, tests: list[str]) -> bool:
        seen.append((moment, [*tests]))
        return moment != "2028-02-28T23:58:00"

    monkeypatch.setattr(at_moments, "passes_at", passes)
    assert at_moments.main([]) == 1
    assert [moment for moment, _ in seen] == list(at_moments.MOMENTS)
    assert [tests[tests.index("--turn") + 1] for _, tests in seen] == [f"{turn}" for turn in range(8)]
    assert capsys.readouterr().out.splitlines()[-1] == "Failed at: 2028-02-28T23:58:00"


def test_tests_that_are_named_are_run_whole_at_each_moment(monkeypatch: pytest.MonkeyPatch):
    seen: list[list[str]] = []
    monkeypatch.setattr(at_moments, "passes_at", lambda _, tests: seen.append([*tests]) or True)
    assert at_moments.main(["tests/adapters/slack"]) == 0
    assert seen == [["tests/adapters/slack"]] * 8
