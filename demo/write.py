"""The whole of the fictional council as a folder: raw/ with its documents and lists, and its code lists."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from demo.facts import COUNCIL, Facts, rows
from demo.files import write
from demo.layouts import paper

LISTS = Path(__file__).resolve().parents[1] / "schemas" / "codes"


def write_council(folder: Path) -> None:
    """Write raw/, codes/ and planted.csv into ``folder``. Raises FileExistsError when it holds anything."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    facts = Facts()
    manifest = []
    for sheet in facts.sheets():
        write(paper(sheet, facts), folder / "raw" / sheet.path)
        manifest.append((sheet.path, sheet.received_on))
    for copied in rows("copies.csv"):
        shutil.copy(folder / "raw" / copied["path"], folder / "raw" / copied["copy"])
        manifest.append((copied["copy"], dict(manifest)[copied["path"]]))
    _csv(folder / "raw" / "manifest.csv", ("path", "received_on"), manifest)
    for own in (COUNCIL / "raw").glob("*.csv"):
        shutil.copy(own, folder / "raw" / own.name)
    shutil.copy(COUNCIL / "planted.csv", folder / "planted.csv")
    _write_codes(folder / "codes", facts)


def _write_codes(folder: Path, facts: Facts) -> None:
    """The project's code lists with the council's own lines."""
    shutil.copytree(LISTS, folder)
    for own in (COUNCIL / "codes").glob("*.csv"):
        lines = own.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
        _append(folder / own.name, "".join(lines))
    with (folder / "measures.csv").open(encoding="utf-8", newline="") as file:
        known = {row["measure_id"] for row in csv.DictReader(file)}
    written: set[str] = set()
    for measure in facts.measures:
        name, wording = measure["measure_id"], f'"{measure["measure"]}"'
        if name not in known:
            dictionary = (name, wording, "directorate", measure["unit"], measure["polarity"], "quarterly")
            _append(folder / "wordings.csv", f"{wording},,,{name},,,the council's dictionary\n")
            if name not in written:
                _append(folder / "measures.csv", ",".join((*dictionary, measure["kind"], ",,,stated,,\n")))
                written.add(name)


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _csv(path: Path, headings: tuple[str, ...], lines: list[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([headings, *sorted(lines)])
