"""What most tests need: the guides, the wording, fixed moments, and a talk to have."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from adapters import content_files, content_templates
from bot.guide import Guide
from bot.wording import Wording
from tests.talking import Conversing

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
MOVED_BY = ("FAKETIME", "DONT_FAKE", "NO_FAKE", "LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_")
"""How the variables begin by which `make test-times` moves the clock."""

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

# A machine that is busy with much else is slow now and then, and that is no failure of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples each time, so that what fails does so for whoever broke it; --long looks for new ones.
settings.register_profile("same", settings.get_profile("any machine"), derandomize=True)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-transcripts", action="store_true", help="write the golden transcripts anew")
    parser.addoption("--long", action="store_true", help="run long what is else run as a sample (make test-long)")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--long"):
        settings.load_profile("any machine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded, also when they ran in several processes."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    figures = [told for report in reports for name, told in report.user_properties if name == "figure"]
    if figures:
        terminalreporter.section("figures")
    for told in sorted(set(figures)):
        terminalreporter.write_line(told)


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether to run at length what is else run as a sample."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide people get."""
    return content_files.load(CONTENT / "pm-to-pmo", shared=CONTENT)


@pytest.fixture(scope="session")
def tea() -> Guide:
    """A small guide on another subject."""
    return content_files.load(ROOT / "tests" / "guides" / "valid" / "tea.yml", shared=CONTENT)


@pytest.fixture(scope="session")
def templates() -> dict[str, str]:
    return content_templates.read(CONTENT)


@pytest.fixture(scope="session")
def wording(guide: Guide, templates: dict[str, str]) -> Wording:
    return Wording(guide, templates)


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture
def talk(guide: Guide, wording: Wording) -> Conversing:
    """A talk with someone new, on a Monday morning."""
    return Conversing(guide, wording, MONDAY)


@pytest.fixture
def tea_talk(tea: Guide, templates: dict[str, str]) -> Conversing:
    """The same, in the small guide."""
    return Conversing(tea, Wording(tea, templates), MONDAY)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the checked guide and the compiled templates are kept, so that only the first process starts slowly."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def environment(tmp_path: Path, cache: Path) -> dict[str, str]:
    """The environment of a child process: nothing of the user's own files is touched."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LATERAL_DATABASE": str(tmp_path / "default.db"),
        "LATERAL_CACHE": str(cache),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        **{name: value for name, value in os.environ.items() if name.startswith(MOVED_BY)},
    }
