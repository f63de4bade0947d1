"""Write the fictional council into a folder, ingest it there, and say where the report is: python -m demo FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from demo.write import write_council
from pipeline.__main__ import main as command


def main(folder: Path) -> int:
    """Exit code of the ingest; 2 when the folder is in use."""
    try:
        write_council(folder)
    except FileExistsError as error:
        print(f"{error}; give an empty one", file=sys.stderr)
        return 2
    places = {"--raw": folder / "raw", "--warehouse": folder / "warehouse", "--codes": folder / "codes"}
    code = command(["ingest", *(str(part) for pair in places.items() for part in pair)])
    print(f"What was planted:  {folder / 'planted.csv'}")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")))
