"""Drives Lateral through Microsoft's Agents Playground in a browser: `make e2e-teams`.

It fetches the Playground by npm into .e2e/, and runs it in a network of its own, for it listens to the whole world.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CACHE = ROOT / ".e2e"
FETCHED = ("package.json", "package-lock.json")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OLDEST_NODE = 20
ALONE = ("unshare", "--user", "--map-root-user", "--net")


def main(arguments: Sequence[str]) -> int:
    """Check for the tools, fetch what is missing, and run; return 0 also where it was skipped."""
    if "--inside" in arguments:
        raise_loopback()
        return subprocess.run(["node", HERE / "talk.mjs"], check=False).returncode
    if missing := what_is_missing():
        sys.stdout.write(f"e2e-teams: skipped, {missing}\n")
        return 0
    fetch()
    environment = {**os.environ, "E2E_CACHE": str(CACHE), "E2E_CHROMIUM": browser(), "E2E_PYTHON": sys.executable}
    command = [*ALONE, sys.executable, __file__, "--inside"]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def what_is_missing() -> str:
    """Return what to install, in a sentence; empty: nothing."""
    if not shutil.which("node") or not shutil.which("npm") or node_version() < OLDEST_NODE:
        return f"for there is no Node.js {OLDEST_NODE} or newer with npm. On Debian: apt-get install nodejs npm"
    if not browser():
        return "for there is no Chromium. On Debian: apt-get install --no-install-recommends chromium fonts-liberation"
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        return "for no network of its own can be made here (unshare --user --net), and the Playground listens to all"
    return ""


def node_version() -> int:
    """Return the major version of Node.js."""
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    digits = told.strip().lstrip("v").partition(".")[0]
    return int(digits) if digits.isdigit() else 0


def browser() -> str:
    """Return the path of Chromium; empty: there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def fetch() -> None:
    """Bring what package-lock.json names into the cache, unless it is there; each is held to its checksum."""
    CACHE.mkdir(exist_ok=True)
    marker = CACHE / "node_modules" / ".fetched"
    lock = (HERE / "package-lock.json").read_bytes()
    if marker.is_file() and marker.read_bytes() == lock:
        return
    for name in FETCHED:
        shutil.copy(HERE / name, CACHE / name)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=CACHE, check=True)
    marker.write_bytes(lock)


def raise_loopback() -> None:
    """Bring up the loopback interface of a new network."""
    get_flags, set_flags, is_up = 0x8913, 0x8914, 0x1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, get_flags, asked))[1]
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", flags | is_up))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
