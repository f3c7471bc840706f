"""The front door: what its targets run is run quickly, whatever shell it is called from."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
def test_what_python_compiled_is_kept_for_the_next_process():
    shown = subprocess.run(
        ["make", "-s", "-f", "-", "shown"],
        input="include Makefile\nshown:\n\t@env\n",
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert "PATH=" in shown.stdout
    assert "PYTHONDONTWRITEBYTECODE" not in shown.stdout
