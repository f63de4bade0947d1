"""An ingest on a file system that is full, as one JSON object:  python -m tests.small_disk SOURCE FOLDER ROOM

SOURCE holds raw/ and the warehouse w/; it is copied onto a file system in memory that has ROOM kilobytes more than
that, mounted on FOLDER in a name space of its own, so that nobody else sees it and it is gone afterwards. Then the
file system is made large and the ingest repeated. ``start`` finds out how to mount: as root, or in a user's own name
space; where a machine allows neither, no file may grow beyond ROOM kilobytes instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.query import export_rows
from pipeline.summary import DATABASE

ROOT = Path(__file__).resolve().parents[1]
WAYS = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])


def start(source: Path, folder: Path, room: int) -> dict[str, object]:
    """The JSON object of a run: way, full and after (exit code, last line said, fingerprint of the rows)."""
    folder.mkdir()
    order = [sys.executable, "-m", "tests.small_disk", str(source), str(folder), str(room)]
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    for way in WAYS if shutil.which("unshare") else ():
        if subprocess.run([*way, *mount], capture_output=True, check=False).returncode == 0:
            done = subprocess.run([*way, *order], cwd=ROOT, capture_output=True, text=True, check=True)
            return dict(json.loads(done.stdout))
    done = subprocess.run([*order, "limit"], cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def fingerprint(folder: Path) -> str:
    """The rows of a warehouse as a number."""
    return hashlib.sha256(repr(export_rows(folder / "w" / DATABASE)).encode()).hexdigest()


def ingest(folder: Path, limit: int | None = None) -> dict[str, object]:
    def before() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    order = [sys.executable, "-m", "pipeline", "ingest", "--raw", str(folder / "raw"), "--workers", "1"]
    order += ["--warehouse", str(folder / "w")]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, preexec_fn=before, check=False)
    left = [path.name for path in (folder / "w").rglob(".*") if path.name != ".ingest.lock"]
    return {"code": done.returncode, "said": done.stderr, "rows": fingerprint(folder), "left": left}


def main(source: Path, folder: Path, room: int, mounted: bool) -> None:
    if mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "none", str(folder)], check=True)
    shutil.copytree(source, folder, dirs_exist_ok=True)
    if mounted:
        used = os.statvfs(folder)
        size = (used.f_blocks - used.f_bfree) * used.f_frsize // 1024 + room
        subprocess.run(["mount", "-o", f"remount,size={size}k", str(folder)], check=True)
    full = ingest(folder, None if mounted else room * 1024)
    if mounted:
        subprocess.run(["mount", "-o", "remount,size=1g", str(folder)], check=True)
    print(json.dumps({"mounted": mounted, "full": full, "after": ingest(folder)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), len(sys.argv) == 4)
