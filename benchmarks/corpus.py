"""A raw/ folder of many documents in every format:  python -m benchmarks.corpus NUMBER FOLDER

Copies of the documents of raw/ and tests/layouts (scans left out), as many PDFs as workbooks, Word files and
texts. Each council has one of each, so that no two documents are about the same directorate and period of the same council;
each copy has bytes of its own, so that each is read.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FORMATS = {"PDF": (".pdf",), "Excel": (".xlsx",), "Word": (".docx",), "text": (".txt", ".csv")}
"""Name of a format -> its suffixes, in the order in which a council gets them."""


def documents_of(name: str) -> list[Path]:
    """The documents of a format."""
    return [
        file
        for file in sorted(chain((ROOT / "raw").rglob("cap-*"), (ROOT / "tests" / "layouts").iterdir()))
        if file.suffix in FORMATS[name]
        and not file.stem.endswith("-scanned")
        and not file.name.startswith("not-")
    ]


def make_corpus(raw: Path, number: int, only: str | None = None) -> list[Path]:
    """Write so many documents below ``raw``, ``only`` of one format or of all in turn; the paths, in that order."""
    names = [only] if only else list(FORMATS)
    sources = {name: documents_of(name) for name in names}
    made = []
    for n in range(number):
        council, turn = divmod(n, len(names))
        source = sources[names[turn]][council % len(sources[names[turn]])]
        file = raw / f"Council {council:05d}" / "2012-13" / "Q1" / source.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_own(source.read_bytes(), source.suffix, council))
        made.append(file)
    return made


def _own(content: bytes, suffix: str, number: int) -> bytes:
    """The same document with other bytes: a comment behind a PDF or in a zip archive, white behind a text."""
    mark = b"%d" % number
    if suffix == ".pdf":
        return content + b"%% " + mark + b"\n"
    if content.startswith(b"PK"):
        return content[:-2] + len(mark).to_bytes(2, "little") + mark
    return content + b"\n" * (number + 1)


if __name__ == "__main__":
    make_corpus(Path(sys.argv[2]), int(sys.argv[1]))
