"""Keeps compiled templates on the disk where that can be done; one that cannot be read or written is passed over."""

from __future__ import annotations

from contextlib import suppress

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class TemplateCache(FileSystemBytecodeCache):
    """Jinja's own, for which a cache folder that vanished, is full or was damaged ends no turn."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept, or leave it empty: then the template is compiled."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - what is read from a damaged file may raise anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, whole or not at all."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
