"""One Document -> its Readings: the whole per-document half, and the only place that turns faults into findings.

Runs in the document's own process. The bytes are copied first, and the copy is hashed and read, so that what
is read is what was registered, whoever writes to raw/ meanwhile.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import hashlib
import shutil
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.documents import about
from pipeline.limits import OverLimit, check
from pipeline.shapes import Claim, Document, Finding, Reading, cells_of

if TYPE_CHECKING:
    from pipeline.codes import Codes
    from pipeline.extract import Extract

OUTCOMES = {
    "file-empty": "empty",
    "not-a-scorecard": "not_a_scorecard",
    "file-type-unknown": "not_a_scorecard",
    "recount-mismatch": "quarantined",
}
"""rule -> documents.status; any other rule is 'unreadable'."""


MISSING = 0.02
"""A document of which the reader missed a larger share than this, by a second count, is set aside."""
FULL = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EFBIG, errno.EIO}
)
"""Errors of the machine, not of the document."""
SELDOM = 50_000
"""New objects between two visits of the collector of cycles."""


def read_document(document: Document, codes: Codes, folder: Path) -> list[Reading]:
    """All Readings of a document, validated; a document that cannot be read gives one that says why.

    ``folder`` is a private folder for the copy. Never raises for what a document holds; an OSError that
    comes out is about the machine (no room on the disk).
    """
    from pipeline.extract.extract import Unreadable
    from pipeline.validate import validate

    try:
        with _seldom_tidied():
            readings = _read(document, codes, folder)
            return [validate(reading) for reading in readings]
    except Unreadable as error:
        return [failed(document, error.rule, error.message)]
    except OverLimit as error:
        return [failed(document, "file-too-large", str(error), limit=error.name)]
    except FileNotFoundError as error:
        return [failed(document, "file-gone", error.strerror or "")]
    except PermissionError as error:
        return [failed(document, "file-no-access", error.strerror or "")]
    except OSError as error:
        if error.errno in FULL:
            raise
        return [failed(document, "file-damaged", error.strerror or str(error))]
    except (MemoryError, RecursionError) as error:
        return [failed(document, "file-too-large", f"{type(error).__name__} while reading")]
    except Exception as error:  # noqa: BLE001 - the boundary: a fault costs one document, and says where it is
        return [failed(document, "file-crashed", _where(error))]


@contextlib.contextmanager
def _seldom_tidied() -> Iterator[None]:
    """A document is hundreds of thousands of small objects and hardly a cycle: the collector of cycles comes seldom,
    which spares a tenth of the time, but it comes, for what is left of a page is a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read(document: Document, codes: Codes, folder: Path) -> list[Reading]:
    from pipeline.extract import extract
    from pipeline.interpret import interpret
    from pipeline.preflight import preflight

    copy = folder / f"document.{document.kind}"
    try:
        shutil.copyfile(document.file, copy)
        with copy.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != document.sha256:
                return [failed(document, "file-changed", document.path)]
        findings = preflight(copy, document.kind)
        extracted = extract(replace(document, file=str(copy)))
        _count(document, extracted)
        found = missed(extracted.findings)
        if found:
            others = [finding for finding in [*findings, *extracted.findings] if finding is not found]
            kept = _kept_out(extracted, found.rule)
            return [failed(document, found.rule, found.quote, others, kept, **found.detail)]
        readings = interpret(document, extracted, codes)
    finally:
        copy.unlink(missing_ok=True)
    if not readings:
        # a scan has no table, but that it is a scan is what the team must hear
        said = [*findings, *extracted.findings]
        kept = _kept_out(extracted, "not-a-scorecard")
        return [failed(document, "not-a-scorecard", document.path, said, kept)]
    return [_with(readings[0], findings), *readings[1:]]


def _kept_out(extracted: Extract, rule: str) -> tuple[Claim, ...]:
    """The cells of a document of which nothing is loaded, each claimed by the finding that says why."""
    cells = (cell for grid in extracted.grids for cell in grid.cells() if not cell.blank)
    return extracted.claims + tuple(Claim(cell, "finding", rule) for cell in cells)


def missed(findings: Iterable[Finding]) -> Finding | None:
    """The finding of a second count that found much more than the reader, if there is one."""
    for finding in findings:
        if finding.rule == "recount-mismatch":
            first, second = int(finding.detail["first"]), int(finding.detail["second"])
            if first < second * (1 - MISSING):
                return finding
    return None


def _count(document: Document, extracted: Extract) -> None:
    if document.kind not in ("docx", "docm"):  # where the parts are tables, as many as there are measures
        check("pages" if document.kind == "pdf" else "sheets", extracted.parts)
    check("rows", sum(len(grid.rows) for grid in extracted.grids))
    check("cells", cells_of(extracted.grids))


def _with(reading: Reading, findings: list[Finding]) -> Reading:
    path = {"document_path": reading.document.path}
    more = tuple(replace(finding, detail={**path, **finding.detail}) for finding in findings)
    return replace(reading, findings=more + reading.findings) if more else reading


def document_row(document: Document, status: str) -> dict[str, Any]:
    """The row of ``documents`` as the register has it: nothing that the document itself says."""
    return {
        "document_id": document.document_id,
        "document_path": document.path,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "kind": document.kind,
        "document_role": document.role,
        "council": document.council,
        "directorate": document.directorate,
        "financial_year": document.financial_year,
        "reported_quarter": document.quarter,
        "period_source": document.period_source,
        "received_on": document.received_on,
        "origin": document.origin,
        "status": status,
    }


def failed(
    document: Document,
    rule: str,
    quote: str,
    findings: Iterable[Finding] = (),
    kept_out: tuple[Claim, ...] = (),
    **detail: object,
) -> Reading:
    """The Reading of a document of which nothing is loaded: its row, the finding that says why, and claims for its
    cells where there are any."""
    row = document_row(document, OUTCOMES.get(rule, "unreadable"))
    from pipeline.validate import with_derived_rows

    finding = about(rule, document.path, quote, **detail)
    reading = Reading(document, {"documents": (row,)}, (finding,), kept_out)
    return with_derived_rows(_with(reading, list(findings)))


def with_findings(reading: Reading, findings: Iterable[Finding]) -> Reading:
    """A Reading that is ready to load, with rows for findings about its file added."""
    from pipeline.validate import finding_row

    document_id = str(reading.rows["documents"][0]["document_id"])
    rows = tuple(finding_row(document_id, finding) for finding in findings)
    return replace(reading, rows={**reading.rows, "findings": (*reading.rows.get("findings", ()), *rows)})


def _where(error: Exception) -> str:
    """'KeyError: x (interpret/lines.py:120)': enough to report a fault by."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "pipeline" in frame.filename]
    place = f" ({'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno})" if frames else ""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:200]}{place}"
