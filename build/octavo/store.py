"""The store: what was made once is kept under the hash of all it was made from.

It is a matter of time, never of content: with an empty store, a damaged one, or one that cannot
be written, everything comes out the same, only later.  It holds plain bytes, never pickles.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SEAL = sha256().digest_size


def digest(*parts: bytes | str) -> str:
    """Return the hash of the parts in this order; where one ends and the next begins counts."""
    total = sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(raw))
        total.update(raw)
    return total.hexdigest()


class Store:
    """A folder of made things, safe to share between processes and to delete at any moment."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep things below the folder; without one, keep nothing."""
        self.folder = folder

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what the key stands for, making it if it is not kept or is damaged.

        The key must name everything that ``make`` depends on; see :func:`digest`.
        """
        kept = self.kept(key)
        if kept is not None:
            return kept
        made = make()
        if self.folder is not None:
            _write(self._entry(self.folder, key), _seal(key, made) + made)
        return made

    def kept(self, key: str) -> bytes | None:
        """Return what the key stands for, if it is kept."""
        return None if self.folder is None else _read(self._entry(self.folder, key), key)

    def prune(self, limit: int) -> None:
        """Forget what was longest unused until no more than ``limit`` bytes are kept."""
        used = 0
        for _, size, entry in sorted(self._entries(), reverse=True):
            used += size
            if used > limit:
                with contextlib.suppress(OSError):
                    entry.unlink()

    @staticmethod
    def _entry(folder: Path, key: str) -> Path:
        # The key is hashed again, so that any text is a key and none leads out of the folder.
        name = sha256(key.encode()).hexdigest()
        return folder / name[:2] / name[2:]

    def _entries(self) -> list[tuple[int, int, Path]]:
        found: list[tuple[int, int, Path]] = []
        for entry in self.folder.glob("??/*") if self.folder else ():
            with contextlib.suppress(OSError):  # another process may have removed it
                facts = entry.stat()
                found.append((facts.st_mtime_ns, facts.st_size, entry))
        return found


def _seal(key: str, content: bytes) -> bytes:
    return sha256(sha256(key.encode()).digest() + content).digest()


def _read(entry: Path, key: str) -> bytes | None:
    try:
        raw = entry.read_bytes()
    except OSError:
        return None
    content = raw[_SEAL:]
    if raw[:_SEAL] != _seal(key, content):
        return None
    with contextlib.suppress(OSError):
        os.utime(entry)  # so that `prune` knows what is in use
    return content


def _write(entry: Path, content: bytes) -> None:
    # Written beside its place and moved into it, so that nobody ever reads half an entry.
    # A folder that cannot be written is no one's mistake: the thing is simply not kept.
    with contextlib.suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=entry.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(name).replace(entry)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
