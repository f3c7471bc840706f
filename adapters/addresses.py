"""Reads the address that people give for Lateral: https, a host, and the path it stands under."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.errors import OperatorError

PLACEHOLDER = "https://lateral.example.com"
"""What stands for the address of one's own in the manifests that come with Lateral."""


class InvalidAddress(OperatorError):
    """An address begins with https:// and names a host, such as https://lateral.example.com."""


def base_address(url: str, ours: tuple[str, ...] = ()) -> str:
    """Return an address without a slash at its end.

    Args:
        url: the address as somebody wrote it.
        ours: paths of Lateral's own, left out if someone gave the whole of one.

    Raises:
        InvalidAddress: it is not https, has no host, or carries a password, a query or a fragment.
    """
    parts = _https(url)
    if parts.query or parts.fragment:
        raise InvalidAddress(f"{url} should be no more than https://, a host, and perhaps a path.")
    path = parts.path.rstrip("/")
    for each in ours:
        path = path.removesuffix(each)
    return f"https://{parts.netloc}{path}"


def page_address(url: str) -> str:
    """Return the address of a page, as it was given.

    Raises:
        InvalidAddress: it is not https, has no host, or carries a password.
    """
    _https(url)
    return url.strip()


def host_of(address: str) -> str:
    """Return the host that an address names, without its port."""
    return urlsplit(address).hostname or ""


def readdressed(value: Any, base: str) -> Any:
    """Return a manifest, or a part of one, with that address in place of the placeholder."""
    if isinstance(value, dict):
        return {key: readdressed(inner, base) for key, inner in value.items()}
    if isinstance(value, list):
        return [readdressed(inner, base) for inner in value]
    if isinstance(value, str) and value.startswith(f"{PLACEHOLDER}/"):
        return base + value.removeprefix(PLACEHOLDER)
    return value


def _https(url: str) -> SplitResult:
    """Return the parts of an address.

    Raises:
        InvalidAddress: it is not https, has no host, or carries a password.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidAddress(f"{url} is not an address.") from error
    if parts.scheme != "https" or not host:
        raise InvalidAddress
    if "@" in parts.netloc or any(sign.isspace() for sign in url.strip()):
        raise InvalidAddress(f"{url} should hold no password and no space.")
    return parts
