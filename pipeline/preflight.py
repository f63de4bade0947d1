"""A look at a file before any parser gets it: is it whole, is it safe to unpack, is anything odd attached?

``preflight`` raises Unreadable or OverLimit for what must not be parsed, and returns findings for the rest.
It runs in the document's own process, on a private copy of the file.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from pipeline.extract.extract import Unreadable
from pipeline.kinds import SIGNATURES
from pipeline.limits import MB, OverLimit, active, check
from pipeline.shapes import Finding

ZIPS = frozenset({"xlsx", "xlsm", "xlsb", "docx", "ods", "odt", "pptx", "zip"})
"""'zip' too: what kind a file is may stand where a first look does not reach, and a reader looks farther."""
NOT_READ = frozenset(kind for _, kind in SIGNATURES)
"""Pictures, programs and archives: no reader gets them, whatever their names say."""
FOREIGN = (".svg", ".htm", ".html", ".xhtml", ".mht")
"""Drawings and pages that somebody put in: they may have a document type, and no reader opens them."""
PIECE = 1 << 20
BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""Marks of the encoding, zeros of its wide forms, blanks."""
SMALL = 10 * MB
"""A member that unpacks to less than this may be packed as tightly as it likes."""

ASK_AGAIN = "Ask the sender for the file again."
NO_PASSWORD = "Ask the sender for a copy without a password."
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def preflight(file: Path, kind: str) -> list[Finding]:
    """Findings of a file of this kind. Raises Unreadable or OverLimit where it must not be parsed."""
    if not file.stat().st_size:
        raise Unreadable("file-empty", f"The file has no bytes. {ASK_AGAIN}")
    if kind == "encrypted":
        raise Unreadable("file-encrypted", NO_PASSWORD)
    if kind in ZIPS:
        return _zip(file)
    if kind == "pdf":
        return _pdf(file.read_bytes())
    if kind == "unknown" or kind in NOT_READ:
        raise Unreadable("file-type-unknown", "Its content is none of the kinds that are read.")
    return []


def _zip(file: Path) -> list[Finding]:
    try:
        with zipfile.ZipFile(file) as archive:
            return _members(archive)
    except DAMAGE as error:
        said = str(error).strip().rstrip(".") or type(error).__name__
        message = f"The file is damaged and cannot be opened ({said}). {ASK_AGAIN}"
        raise Unreadable("file-damaged", message) from error


def _members(archive: zipfile.ZipFile) -> list[Finding]:
    members = archive.infolist()
    check("members", len(members))
    check("unpacked", sum(member.file_size for member in members) // MB)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise Unreadable("file-unsafe", "Two files inside it have the same name.")
    for name in names:
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise Unreadable("file-unsafe", f"A file inside it is called {name!r}, which leads outside.")
    unpacked = 0
    for member in members:
        if member.flag_bits & 1:
            raise Unreadable("file-encrypted", NO_PASSWORD)
        unpacked += _unpack(archive, member, unpacked)
    return _attached(names, archive)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int) -> int:
    """Unpack one member without keeping it: its true size within the limits, its checksum right, its XML tame."""
    watch: _XmlWatch | None = None
    name, size = member.filename.casefold(), 0
    with archive.open(member) as opened:
        while piece := opened.read(PIECE):
            if not size and piece.lstrip(BEFORE_XML).startswith(b"<") and not name.endswith(FOREIGN):
                watch = _XmlWatch(member.filename)
            size += len(piece)
            if before + size > active().unpacked * MB:
                raise OverLimit("unpacked", (before + size) // MB + 1, active().unpacked)
            if size > SMALL and size > active().ratio * max(member.compress_size, 1):
                raise OverLimit("ratio", size // max(member.compress_size, 1), active().ratio)
            if watch:
                watch.feed(piece)
    return size


class _XmlWatch:
    """Looks at XML as it goes by: no DTD, and elements no deeper than the limit.

    The depth is counted from the tags with a pattern, not with a parser: sheets are large. A comment with
    tags in it may be counted too high, never too low, and by far not a hundred levels. XML is told by how it
    begins, because a workbook may give its sheets any names; the zeros of UTF-16 are passed over.
    """

    TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.rest = b""
        self.first = True

    def feed(self, piece: bytes) -> None:
        if self.first:
            self.first = False
            self._prolog(piece)
        data = self.rest + piece.replace(b"\0", b"")
        cut = data.rfind(b">") + 1
        self.rest = data[cut:][-PIECE:]
        limit = active().nesting
        deepest = depth = self.depth
        for closing, empty in self.TAG.findall(data[:cut]):
            if closing:
                depth -= 1
            elif not empty:
                depth += 1
                deepest = max(deepest, depth)
        self.depth = depth
        if deepest > limit:
            raise OverLimit("nesting", deepest, limit)

    def _prolog(self, data: bytes) -> None:
        """Raise Unreadable for a document type: office files have none, and only attacks need one."""

        def refuse(*_: object) -> None:
            raise Unreadable(
                "file-unsafe", f"{self.name} inside it declares XML entities or an outside document."
            )

        def stop(*_: object) -> None:
            raise StopIteration

        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        parser.StartElementHandler = stop
        try:
            parser.Parse(data, False)
        except (StopIteration, expat.ExpatError, LookupError, ValueError):
            return  # the reader itself says what is wrong with broken XML


def _attached(names: list[str], archive: zipfile.ZipFile) -> list[Finding]:
    findings = []
    macros = [
        name
        for name in names
        if name.lower().endswith(("vbaproject.bin", "activex1.bin")) or "/macrosheets/" in name
    ]
    if macros:
        findings.append(Finding("file-macros", None, macros[0]))
    links = [name for name in names if "externalLinks/externalLink" in name and name.endswith(".xml")]
    if links:
        targets = _targets(archive, names)
        findings.append(
            Finding("file-external-links", None, ", ".join(targets[:5]) or links[0], {"count": len(links)})
        )
    return findings


def _targets(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    rels = [name for name in names if "externalLinks/_rels/" in name]
    text = b"".join(archive.read(name) for name in rels[:20])
    return [target.decode("utf-8", "replace") for target in re.findall(rb'Target="([^"]*)"', text)]


def _pdf(data: bytes) -> list[Finding]:
    findings = []
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        findings.append(Finding("file-truncated", None, "", {}))
    looked: list[tuple[str, Callable[[bytes], object]]] = [
        ("JavaScript", re.compile(rb"/(JavaScript|JS)\b").search),
        ("a program to start", re.compile(rb"/Launch\b").search),
        ("an attached file", re.compile(rb"/EmbeddedFile\b").search),
    ]
    found = [name for name, look in looked if look(data)]
    if found:
        findings.append(Finding("file-active-content", None, ", ".join(found)))
    return findings
