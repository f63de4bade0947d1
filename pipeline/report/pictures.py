"""Which pages are drawn, and the pictures themselves; those of the report before are used again."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.extract.picture import write_pictures
from pipeline.report.kept import carry
from pipeline.report.sources import Picture, page_of

Row = dict[str, Any]
FOLDER = "pages"
BUDGET = 13 << 20
"""Bytes of pictures in a report, unless all pages are asked for."""
USUAL = 32 << 10
"""Bytes of a usual picture, for choosing before drawing."""
NAME = re.compile(r"(?P<file>[0-9a-f]+)-p(?P<page>\d+)-(?P<width>[\d.]+)x(?P<height>[\d.]+)\.webp")
WEIGHTS = {"error": 100, "warning": 10, "note": 1}


class Pictures:
    """The pictures of a report: ``of(document, page)``, and ``missing`` says why a document has none."""

    def __init__(self, folder: Path, before: Path, raw: Path | None) -> None:
        self.folder = folder / FOLDER
        self.before = before / FOLDER
        self.raw = raw
        self.missing: dict[str, str] = {}
        self.found: dict[tuple[str, int], Picture] = {}

    def of(self, document: Row, page: int) -> Picture | None:
        return self.found.get((str(document["sha256"])[:12], page))

    def draw(self, documents: Iterable[Row], findings: Iterable[Row], all_pages: bool) -> None:
        """Draw the pages that findings point at, the most important first, as far as the budget goes."""
        files: dict[str, Path] = {}
        by_id: dict[str, Row] = {}
        wanted: dict[tuple[str, int], float] = {}
        for document in documents:
            if document["kind"] != "pdf" or not document["parts"]:
                continue
            name = str(document["sha256"])[:12]
            by_id[str(document["document_id"])] = document
            file = self._file(document)
            if file is not None:
                files[name] = file
            if all_pages:
                wanted |= {(name, page): 0.0 for page in range(1, document["parts"] + 1)}
        for finding in findings:
            about = by_id.get(str(finding["document_id"]))
            page = page_of(finding["place"])
            if about is not None and page is not None:
                key = (str(about["sha256"])[:12], page)
                wanted[key] = wanted.get(key, 0) + WEIGHTS[finding["severity"]] * (
                    10 if finding["is_open"] else 1
                )
        chosen = [key for key in sorted(wanted, key=lambda key: (-wanted[key], key)) if key[0] in files]
        if not all_pages:
            chosen = chosen[: BUDGET // USUAL]
        self.folder.mkdir(parents=True, exist_ok=True)
        self._reuse(set(chosen))
        self._make([key for key in chosen if key not in self.found], files)

    def _file(self, document: Row) -> Path | None:
        """The raw file, when it is still the one that was read."""
        path = self.raw / document["document_path"] if self.raw else None
        reason = ""
        try:
            if path is None or not path.is_file():
                reason = "the file is no longer in the raw folder"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != document["sha256"]:
                reason = "the file in the raw folder is not the one that was read"
        except OSError:
            reason = "the file in the raw folder cannot be opened"
        if reason:
            self.missing[str(document["document_id"])] = reason
        return None if reason else path

    def _reuse(self, chosen: set[tuple[str, int]]) -> None:
        for path in sorted(self.before.glob("*.webp")):
            named = NAME.fullmatch(path.name)
            if named and (named["file"], int(named["page"])) in chosen:
                carry(path, self.folder / path.name)
                self._know(path.name)

    def _make(self, keys: list[tuple[str, int]], files: dict[str, Path]) -> None:
        pages: dict[str, list[int]] = {}
        for name, page in keys:
            pages.setdefault(name, []).append(page)
        with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            for name, numbers in pages.items():
                threads.submit(write_pictures, files[name], self.folder, name, sorted(numbers))
        for path in sorted(self.folder.iterdir()):
            if not self._know(path.name):
                path.unlink()

    def _know(self, name: str) -> bool:
        named = NAME.fullmatch(name)
        if named:
            picture = Picture(f"{FOLDER}/{name}", float(named["width"]), float(named["height"]))
            self.found[named["file"], int(named["page"])] = picture
        return bool(named)


def raw_folder(run: Row | None, warehouse: Path) -> Path | None:
    """The raw folder that the run names; a relative one is looked for from here, then beside the warehouse."""
    named = run and run["raw"]
    if not named:
        return None
    for folder in (Path(named), warehouse.resolve().parent / Path(named).name):
        if folder.is_dir():
            return folder
    return None
