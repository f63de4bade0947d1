"""Make office files byte-identical between runs: no clock inside the zip or its properties."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

EPOCH = (2026, 11, 1, 9, 0, 0)
STAMP = "2026-11-01T09:00:00Z"


def settle(file: Path) -> None:
    """Rewrite an .xlsx or .docx in place with fixed times; contents and order stay as they are."""
    with zipfile.ZipFile(file) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in parts:
            if name == "docProps/core.xml":
                pattern = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                data = re.sub(pattern, rb"\g<1>" + STAMP.encode(), data)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, data)
