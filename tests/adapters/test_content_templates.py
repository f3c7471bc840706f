"""Templates are checked whole before a talk starts, and by `lateral check`; each mistake is named where it stands."""

import re
import shutil
import stat
from pathlib import Path

import pytest

from adapters import content_templates
from adapters.content_files import CONTENT
from bot.errors import InvalidGuide
from bot.wording import FILTERS, TEMPLATE_NAMES
from tests.adapters.conftest import Lateral

SAY = {"say": frozenset({"text"})}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of one's own."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def write(root: Path, source: bytes, name: str = "say.j2") -> None:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / name).write_bytes(source)


def test_they_are_read_by_name(tmp_path: Path):
    write(tmp_path, b"\xef\xbb\xbf{{ text }}\n")
    assert content_templates.read(tmp_path) == {"say.j2": "{{ text }}\n"}
    assert content_templates.load(tmp_path, SAY, ()) == {"say.j2": "{{ text }}\n"}


def test_lateral_s_own_are_sound():
    assert content_templates.problems(CONTENT, TEMPLATE_NAMES, FILTERS) == ()


@pytest.mark.parametrize(
    ("source", "where"),
    [
        (b"{{ text }}\n{{ txet }}", "templates/say.j2:2: `txet` is not given to this template."),
        (b"{{ text", "templates/say.j2:1: This template does not compile"),
        (b"one\n\xff {{ text }}", "templates/say.j2:2: This line is not in UTF-8."),
    ],
)
def test_nothing_starts_on_a_mistake_and_it_is_named_where_it_stands(tmp_path: Path, source: bytes, where: str):
    write(tmp_path, source)
    with pytest.raises(InvalidGuide, match=re.escape(where)):
        content_templates.load(tmp_path, SAY, (), cache=tmp_path)


def test_nothing_starts_without_them(tmp_path: Path):
    with pytest.raises(InvalidGuide, match=r"There is no \.j2 file in this folder\."):
        content_templates.load(tmp_path, SAY, ())
    write(tmp_path, b"{{ text }}")
    with pytest.raises(InvalidGuide, match="The template `tell` is missing"):
        content_templates.load(tmp_path, {**SAY, "tell": frozenset()}, ())


def test_what_was_checked_is_not_checked_again_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cache = tmp_path / "cache"
    cache.mkdir()
    write(tmp_path, b"{{ text }}")
    content_templates.load(tmp_path, SAY, (), cache=cache)
    [noted] = cache.iterdir()
    assert stat.S_IMODE(noted.stat().st_mode) == 0o600

    monkeypatch.setattr("adapters.content_templates.problems", None)
    assert content_templates.load(tmp_path, SAY, (), cache=cache) == {"say.j2": "{{ text }}"}

    monkeypatch.undo()
    write(tmp_path, b"{{ text }}!")
    content_templates.load(tmp_path, SAY, (), cache=cache)
    assert [noted] != list(cache.iterdir())
    assert len(list(cache.iterdir())) == 1
    with pytest.raises(InvalidGuide):
        content_templates.load(tmp_path, {"say": frozenset()}, (), cache=cache)


def test_the_command_line_names_them(content: Path, lateral: Lateral):
    write(content, b"{{ nobody }}", "welcome.j2")
    checked, talked = (lateral(command, LATERAL_CONTENT=str(content)) for command in ("check", "chat"))

    assert "templates/welcome.j2:1: error: `nobody` is not given to this template." in checked.stdout
    assert "templates/welcome.j2:1: `nobody` is not given to this template." in talked.stderr
    assert (checked.returncode, talked.returncode) == (1, 1)
    assert "Traceback" not in checked.stderr + talked.stderr
