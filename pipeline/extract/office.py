"""Opening the zipped XML of .xlsx, .xlsm and .docx safely: no entities, no bombs, strict or transitional.

Everything is found by the local name of an element, so the strict form of the format, which differs in its
namespaces only, is read like the usual one.
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipeline.extract.extract import Unreadable

Element = Any
"""An lxml element (lxml has no types of its own)."""

LARGEST = 2 << 30
"""Bytes that one file may unpack to."""
DAMAGED = "The file is damaged and cannot be opened. Open it in Office, let Office repair it, save it again; or ask the sender."
ENCRYPTED = (
    "The file is protected by a password. Open it, remove the password (File, Info), and save it again."
)
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Package:
    """The parts of a zipped office file. Raises Unreadable for files that are empty, damaged or encrypted."""

    def __init__(self, file: str) -> None:
        with open(file, "rb") as stream:
            start = stream.read(8)
            if not start:
                raise Unreadable("file-empty", "The file is empty. Ask the sender for it again.")
            if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and encrypted(stream.read()):
                raise Unreadable("file-encrypted", ENCRYPTED)
        try:
            self._zip = zipfile.ZipFile(file)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
            raise Unreadable("file-damaged", DAMAGED) from error
        if sum(info.file_size for info in infos) > LARGEST:
            message = "The file unpacks to more than 2 GB, which no scorecard does. Save it again without its unused sheets."
            raise Unreadable("file-damaged", message)
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("file-encrypted", ENCRYPTED)
        self._names = {info.filename.replace("\\", "/").lstrip("/").casefold(): info for info in infos}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def bytes(self, name: str) -> bytes:
        """The content of a part. Raises Unreadable when it is missing or damaged."""
        try:
            return self._zip.read(self._names[name.casefold()])
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Unreadable("file-damaged", DAMAGED) from error

    def root(self, name: str) -> Element:
        """The root element of a part."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            root = etree.fromstring(self.bytes(name), parser)
        except etree.XMLSyntaxError as error:
            raise Unreadable("file-damaged", DAMAGED) from error
        _refuse_entities(root)
        return root

    def elements(self, name: str, *tags: str) -> Iterator[Element]:
        """The elements of a large part with these local names, one after the other, as each is complete."""
        try:
            with self._zip.open(self._names[name.casefold()]) as stream:
                first = True
                for _, element in etree.iterparse(
                    stream,
                    tag=[f"{{*}}{tag}" for tag in tags],
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    remove_comments=True,
                ):
                    if first:
                        _refuse_entities(element)
                        first = False
                    yield element
        except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            raise Unreadable("file-damaged", DAMAGED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise Unreadable("file-damaged", DAMAGED) from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by id: (kind, target part). External targets are left out."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", base + ".rels")
        if path not in self:
            return {}
        found = {}
        for relation in self.root(path):
            if relation.get("TargetMode") == "External" or not relation.get("Target"):
                continue
            target = unquote(relation.get("Target")).replace("\\", "/")
            target = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found

    def main_part(self, fallback: str) -> str:
        """The part that the package is about: the workbook, the document."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self:
                return target
        if fallback in self:
            return fallback
        raise Unreadable("file-damaged", DAMAGED)


def encrypted(data: bytes) -> bool:
    """Whether an old-style container holds an encrypted document instead of a document."""
    return "EncryptedPackage".encode("utf-16-le") in data


def _refuse_entities(element: Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise Unreadable(
            "file-damaged", "The file declares entities of its own, which Office never does. " + DAMAGED
        )


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, *names: str) -> list[Element]:
    """The child elements with these local names, in order."""
    return [] if element is None else [child for child in element if local(child) in names]


def child(element: Element | None, name: str) -> Element | None:
    """The first child element with this local name."""
    return next(iter(children(element, name)), None)


def descend(element: Element | None, *names: str) -> Element | None:
    """The element down a path of local names."""
    for name in names:
        element = child(element, name)
    return element


def relation_id(element: Element, name: str = "id") -> str:
    """The id of the relation that an element refers to, in either form of the format."""
    for key, value in element.attrib.items():
        if key.endswith("/relationships}" + name):
            return str(value)
    return ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def whole(text: str | None, usual: int = 0) -> int:
    """A whole number as office files write it, ``usual`` where there is none. Raises Unreadable for anything else."""
    try:
        return int(float(text)) if text else usual
    except (ValueError, OverflowError) as error:
        raise Unreadable("file-damaged", DAMAGED) from error


def real(text: str | None, usual: float = 0.0) -> float:
    """A number as office files write it, ``usual`` where there is none. Raises Unreadable for anything else."""
    try:
        number = float(text) if text else usual
    except ValueError as error:
        raise Unreadable("file-damaged", DAMAGED) from error
    if not math.isfinite(number):
        raise Unreadable("file-damaged", DAMAGED)
    return number


def from_hex(text: str) -> int:
    """A number of at most four hexadecimal digits. Raises Unreadable for anything else."""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", text):
        raise Unreadable("file-damaged", DAMAGED)
    return int(text, 16)


def truth(text: str | None, default: bool = False) -> bool:
    """A truth value as office files write it."""
    return default if text is None else text.casefold() not in ("0", "false", "off", "none")


def unescape(text: str) -> str:
    """Undo the _xHHHH_ escapes of spreadsheet text; line ends become \\n. Half of a letter of two halves is shown as
    what stands for an unknown letter."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
