"""Programs outside Python that some tests need, and which test modules have to stay out without them.

A test module that needs one says so in a line such as ``NEEDS = ("chromium",)``. Run as a script, this
installs what is missing where that is possible (root on a machine with apt-get) and says in one line which
tests cannot run otherwise; the modules are then left out of the collection by conftest.py. Where CI is set
nothing may be left out: the exit code is then 1.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PACKAGES = {"chromium": ["chromium"], "tesseract": ["tesseract-ocr"]}
"""Program -> its packages in Debian and Ubuntu."""


def needs(folder: Path = TESTS) -> dict[Path, tuple[str, ...]]:
    """Test module -> the programs that it says it needs."""
    found = {}
    for path in sorted(folder.glob("test_*.py")):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "NEEDS":
                found[path] = tuple(ast.literal_eval(statement.value))
    return found


def left_out(folder: Path = TESTS) -> list[str]:
    """Names of the test modules whose programs are not there."""
    return [path.name for path, programs in needs(folder).items() if not all(map(shutil.which, programs))]


def main() -> int:
    """Install what is missing, quietly; say what cannot be tested without it."""
    wanted = sorted({program for programs in needs().values() for program in programs})
    missing = [program for program in wanted if not shutil.which(program)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [package for program in missing for package in PACKAGES[program]]
        print(f"Installing {', '.join(packages)} for the tests ...", file=sys.stderr)
        _apt("update") and _apt("install", "--no-install-recommends", "--yes", *packages)
    modules = left_out()
    if modules:
        missing = [program for program in wanted if not shutil.which(program)]
        print(
            f"Not tested, because {' and '.join(missing)} is not installed: {', '.join(modules)}",
            file=sys.stderr,
        )
    return 1 if modules and os.environ.get("CI") else 0


def _apt(*arguments: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return (
        subprocess.run(["apt-get", "-qq", *arguments], env=quiet, capture_output=True, check=False).returncode
        == 0
    )


if __name__ == "__main__":
    sys.exit(main())
