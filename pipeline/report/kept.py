"""Pages of the last report that would be written the same: they are moved over instead of drawn again.

A page ends with the key of everything it was told and of the code that drew it. Only a page whose last line is the
wanted key is taken, so one that was cut off, or made by another version, is written anew; what nobody asks for stays
behind with the old report.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Kept:
    """The pages of the report in ``before`` (None: nothing is kept), for a new one in ``folder``."""

    def __init__(self, before: Path | None, folder: Path) -> None:
        self.before = before
        self.folder = folder

    def take(self, file: str, key: str) -> bool:
        """Whether the last report had this page with this key; it then lies in the new one."""
        if self.before is None:
            return False
        ending = _ending(key).encode()
        try:
            with (self.before / file).open("rb") as page:
                page.seek(-len(ending), os.SEEK_END)
                if page.read() != ending:
                    return False
        except OSError:
            return False
        carry(self.before / file, self.folder / file)
        return True

    def put(self, file: str, key: str, text: str) -> None:
        (self.folder / file).write_text(text + _ending(key), encoding="utf-8", errors="replace")


def key_of(*told: Any) -> str:
    """16 hex digits over what a page is told, and over the code and templates that draw it."""
    content = json.dumps([drawn_by(), *told], default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@cache
def drawn_by() -> str:
    """The version of everything that makes a page of what it is told."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in (".py", ".html"):
            digest.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def carry(file: Path, to: Path) -> None:
    """A file of the old report into the new one, as a second name where the disk knows such (a share may not)."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)


def _ending(key: str) -> str:
    return f"\n<!-- {key} -->\n"
