"""Known weaknesses of the locked packages:  python -m tests.audit  (make audit)

pip-audit asks the package index about every package of requirements.lock, from an environment of its own. A package
that it was told nothing about counts as not audited, and then the exit code is 1 as it is for a weakness.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
HOME = ROOT / "build" / "audit"


def verdict(answer: str) -> tuple[int, str]:
    """(exit code, what to say) of the JSON that pip-audit prints; it prints none when it reached nobody."""
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return 1, "Nothing was audited: pip-audit gave no answer; its message is above."
    asked = [package for package in found if "skip_reason" not in package]
    lines = [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for package in asked
        for flaw in package["vulns"]
    ]
    silent = [package["name"] for package in found if "skip_reason" in package]
    if silent and not asked:
        lines.append(
            f"Nothing was audited: the package index knows nothing about weaknesses of any of the {len(silent)} packages. "
            "Run it where https://pypi.org can be reached."
        )
    elif silent:
        lines.append(f"Not audited, for the package index knows nothing about them: {', '.join(silent)}")
    if lines:
        return 1, "\n".join(lines)
    return 0, f"No known weakness in any of the {len(asked)} packages of {LOCK.name}."


def main() -> int:
    """Install pip-audit into build/audit, ask it, and say what it found."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
    order = [str(python), "-m", "pip", "install", "-qqq", "--disable-pip-version-check", "pip-audit"]
    if subprocess.run(order, check=False).returncode:
        print("Nothing was audited: pip-audit cannot be installed; is a package index reachable?")
        return 1
    order = [str(python), "-m", "pip_audit", "--require-hashes", "--disable-pip", "-r", str(LOCK)]
    order += ["--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(order, stdout=subprocess.PIPE, text=True, check=False)
    code, said = verdict(done.stdout)
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
