"""Readings kept by what they depend on: the document as registered, the code, and the code lists.

A file per document under ``warehouse/cache``: zlib-packed JSON, one list of columns and rows per table (data
only: opening a cache can run nothing). Written to a temporary name and renamed, so a file that is there is
whole; one that cannot be opened is read again from the document.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.limits import Limits
from pipeline.shapes import Document, Reading

ROOT = Path(__file__).resolve().parents[1]
AFTERWARDS = frozenset(
    f"{name}.py"
    for name in (
        *("__main__", "progress", "show", "serve", "sbom", "safe_text"),
        *("run", "runs", "summary", "isolate", "cluster", "lock", "query", "report"),
    )
)
"""Modules of pipeline/ that no Reading depends on, besides those in the folders LATER."""
LATER = {"load", "report", "export"}


def code_version(root: Path = ROOT, codes: Path | None = None) -> str:
    """16 hex digits over the sources, code lists (``codes``: another folder of them), locked libraries and Python
    that a Reading depends on.
    """
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    files = [
        root / "requirements.lock",
        *(root / "pipeline").rglob("*.py"),
        *(root / "schemas").rglob("*.py"),
    ]
    own = root / "schemas" / "codes"
    lists = {own / file.name: file for file in (codes or own).glob("*.csv")}
    for known in sorted([*files, *lists]):
        name, file = known.relative_to(root), lists.get(known, known)
        late = name.parts[0] == "pipeline" and (name.name in AFTERWARDS or LATER & set(name.parts[1:-1]))
        if not late and file.is_file():
            digest.update(f"{name.as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def program_version() -> str:
    """16 hex digits over everything a warehouse is built with, views, checks and the report included."""
    digest = hashlib.sha256(code_version().encode())
    for folder in ("pipeline", "warehouse/views", "warehouse/checks"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


class Cache:
    """The Readings of ``folder`` for one version of the code. Limits matter to those that broke one only."""

    def __init__(self, folder: Path, version: str, limits: Limits) -> None:
        self.folder = folder
        self.version = version
        self.limits = asdict(limits)

    def file(self, document: Document) -> Path:
        """Where the Readings of a document are kept."""
        about = {**asdict(document), "file": "", "version": self.version}
        key = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.z"

    def has(self, document: Document) -> bool:
        """Whether ``get`` will have the Readings of a document; their bytes are whole."""
        try:
            header, _, packed = self.file(document).read_bytes().partition(b"\n")
            limits = json.loads(header)
            return bool(zlib.decompress(packed)) and (limits is None or limits == self.limits)
        except (FileNotFoundError, zlib.error, ValueError):
            return False

    def get(self, document: Document) -> list[Reading] | None:
        """The Readings of a document, or None when it has to be read."""
        try:
            return decode(document, self.file(document).read_bytes(), self.limits)
        except (FileNotFoundError, zlib.error, ValueError, KeyError, TypeError):
            return None

    def put(self, document: Document, packed: bytes) -> None:
        """Keep packed Readings (of ``encode``). Raises OSError when the disk is full or read-only."""
        file = self.file(document)
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.{os.getpid()}.new")
        try:
            temporary.write_bytes(packed)
            os.replace(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)

    def sweep(self, keep: Iterable[Document]) -> None:
        """Remove what no document of this run uses, and the left-overs of runs that were killed."""
        kept = {self.file(document) for document in keep}
        for file in self.folder.glob("*/*"):
            if file not in kept:
                file.unlink(missing_ok=True)


def encode(readings: Iterable[Reading], limits: Limits | None = None) -> bytes:
    """Readings, packed. ``limits`` are named when they are why a document could not be read."""
    content = [{name: _columns(rows) for name, rows in reading.rows.items()} for reading in readings]
    header = json.dumps(asdict(limits) if limits else None).encode()
    return (
        header
        + b"\n"
        + zlib.compress(json.dumps(content, separators=(",", ":"), allow_nan=False).encode(), 1)
    )


def decode(document: Document, packed: bytes, limits: dict[str, Any] | None = None) -> list[Reading] | None:
    """Packed Readings of a document; None when they were made under other limits and depend on them.

    They hold the rows of every table, findings and cells included, and no ledger of their own.
    """
    header, _, body = packed.partition(b"\n")
    made_under = json.loads(header)
    if made_under and limits is not None and made_under != limits:
        return None
    return [
        Reading(document, {name: _rows(table) for name, table in tables.items()}, (), ())
        for tables in json.loads(zlib.decompress(body))
    ]


def _columns(rows: Iterable[Any]) -> list[Any]:
    listed = list(rows)
    names = list(dict.fromkeys(name for row in listed for name in row))
    return [names, [[row.get(name) for name in names] for row in listed]]


def _rows(table: list[Any]) -> tuple[dict[str, Any], ...]:
    names, rows = table
    return tuple(dict(zip(names, row, strict=True)) for row in rows)
