"""raw/ -> Documents: which files there are, what they are, and what folder, name and manifest declare.

Nothing is read here beyond the bytes that tell the kind and the hash. Every file either becomes a Document
or is named in a finding; nothing is passed over silently but the project's own lists (``OWN``), hidden files,
lock files of office programs and notes to people (README).
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.declared import Declaration, declared, read_manifest
from pipeline.kinds import SNIFFED, kind_of
from pipeline.limits import MB, active
from pipeline.shapes import Document, Finding

OWN = frozenset({"manifest.csv", "corrections.csv", "waivers.csv", "expected.csv"})
OWN_FOLDERS = frozenset({"answers"})
LEFTOVERS = frozenset({"thumbs.db", "desktop.ini"})
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Register:
    """Every Document of raw/ in the order of their paths; findings by path ('' for those about no file).

    A path with findings and no Document could not be registered (a link, a device, a folder without access).
    """

    documents: tuple[Document, ...]
    findings: tuple[tuple[str, Finding], ...]


def register(raw: Path) -> Register:
    """Walk raw/ and register every file. Raises FileNotFoundError or NotADirectoryError for raw itself."""
    if not raw.exists():
        raise FileNotFoundError(f"there is no folder {raw}")
    if not raw.is_dir():
        raise NotADirectoryError(f"{raw} is not a folder")
    manifest, findings = read_manifest(raw / "manifest.csv")
    documents = []
    for path, entry, problem in _walk(raw):
        if problem:
            findings.append((path, problem))
            continue
        document, found = _document(path, entry, manifest.pop(path, None))
        documents.append(document)
        findings += [(path, finding) for finding in found]
    findings += [("", about("manifest-names-no-file", path)) for path in sorted(manifest)]
    documents.sort(key=lambda document: document.path)
    return Register(tuple(documents), tuple(sorted(findings, key=lambda pair: (pair[0], pair[1].rule))))


def register_file(file: Path) -> tuple[Document, list[Finding]]:
    """A file by itself, wherever it lies. Raises OSError when it cannot be read."""
    file.open("rb").close()
    return _document(file.name, file, None)


def about(rule: str, path: str, quote: str = "", **detail: object) -> Finding:
    """A finding about a whole file."""
    return Finding(rule, None, quote or path, {"document_path": path, **detail})


def printable(name: str) -> str:
    """A file name as text that any program can store, another for every name: bytes that are no UTF-8 as ``\\xe9``,
    controls escaped, a backslash of its own doubled.
    """
    text = os.fsencode(name).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _walk(raw: Path) -> Iterator[tuple[str, Path, Finding | None]]:
    """(path below raw/, where it is, a finding when it cannot be registered), folders as deep as they go."""
    folders = [raw]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            path = _path(raw, folder)
            yield path, folder, about("file-no-access", path, error.strerror or "")
            continue
        for entry in entries:
            place, name = Path(entry.path), entry.name.casefold()
            top = folder == raw
            if name.startswith((".", "~$", "readme")) or name in LEFTOVERS or (top and name in OWN):
                continue
            problem = _not_a_file(raw, place)
            if problem:
                yield _path(raw, place), place, problem
            elif place.is_dir() and not place.is_symlink():
                if not (top and name in OWN_FOLDERS):
                    folders.append(place)
            elif place.is_file():
                yield _path(raw, place), place, None


def _not_a_file(raw: Path, place: Path) -> Finding | None:
    """Why an entry is neither a folder nor a file to read, or None when it is one of them."""
    path = _path(raw, place)
    try:
        if place.is_symlink():
            target = Path(os.path.realpath(place))
            inside = target.is_relative_to(os.path.realpath(raw))
            if inside and target.is_file():
                return None
            return about("file-link", path, printable(os.readlink(place)))
        mode = place.stat().st_mode
    except OSError as error:
        return about("file-no-access", path, error.strerror or "")
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return about("file-special", path)


def _path(raw: Path, place: Path) -> str:
    return "/".join(printable(part) for part in place.relative_to(raw).parts)


def _document(path: str, file: Path, entry: Declaration | None) -> tuple[Document, list[Finding]]:
    findings: list[Finding] = []
    if printable(file.name) != file.name or len(os.fsencode(file.name)) > LONGEST_NAME:
        findings.append(about("file-name-odd", path))
    size: int | None = None
    digest, kind = "", "unknown"
    try:
        size = file.stat().st_size
        if size > active().size * MB:
            findings.append(about("file-too-large", path, f"{size / MB:,.0f} MB", limit=active().size))
        else:
            digest, kind, found = _bytes(path, file)
            findings += found
    except OSError as error:
        findings.append(about("file-no-access", path, error.strerror or ""))
    said, disagreement = declared(path, entry)
    findings += disagreement
    return Document(
        document_id=(digest or hashlib.sha256(f"path {path}".encode()).hexdigest())[:12],
        path=path,
        file=str(file),
        sha256=digest,
        kind=kind,
        role=said.role,
        directorate=said.directorate,
        financial_year=said.financial_year,
        quarter=said.quarter,
        received_on=said.received_on,
        council=said.council,
        origin=said.origin,
        bytes=size,
        period_source=said.period_source,
    ), findings


def _bytes(path: str, file: Path) -> tuple[str, str, list[Finding]]:
    """(SHA-256, kind, findings) of a file, reading it once, in pieces."""
    digest = hashlib.sha256()
    head = tail = b""
    # O_NONBLOCK: a pipe that takes the file's place meanwhile must not stop the run
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as opened:
        while piece := opened.read(MB):
            digest.update(piece)
            head = head or piece[:SNIFFED]
            tail = (tail + piece)[-SNIFFED:]
    kind, named = kind_of(head, tail, file.suffix)
    findings = []
    if named and head:
        findings.append(about("file-disguised", path, file.suffix, kind=kind))
    return digest.hexdigest(), kind, findings
