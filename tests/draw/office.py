"""Print or convert drawn office files with LibreOffice, and settle the clocks inside PDFs."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path


def convert(source: Path, target: Path) -> None:
    """Convert ``source`` to the format of ``target`` (pdf, ods, xls, csv, ...) with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        kind = target.suffix[1:]
        command = ["soffice", "-env:UserInstallation=file:///tmp/draw-office", "--headless"]
        command += ["--convert-to", kind, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target.write_bytes((Path(folder) / f"{source.stem}.{kind}").read_bytes())
    if target.suffix == ".pdf":
        settle_pdf(target)


def settle_pdf(file: Path) -> None:
    """Give a PDF fixed dates and identifiers of the same length, so that nothing moves inside it."""
    data = file.read_bytes()

    def dates(match: re.Match[bytes]) -> bytes:
        fixed = b"20261101090000"
        return match.group(1) + (fixed + match.group(2)[14:])[: len(match.group(2))]

    def zeros(match: re.Match[bytes]) -> bytes:
        return re.sub(rb"[0-9A-Fa-f](?=[0-9A-Fa-f]*>)", b"0", match.group(0))

    data = re.sub(rb"(/(?:CreationDate|ModDate)\s*\(D:)(\d{14})", dates, data)
    data = re.sub(rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]", zeros, data)
    data = re.sub(rb"(/DocChecksum\s*/)([0-9A-F]{32})", lambda m: m.group(1) + b"0" * 32, data)
    file.write_bytes(data)
