"""The command line: python -m pipeline ingest | query | export | show | report | serve | sbom.

The only module that prints. Nothing heavy is imported before a command needs it. Exit codes: 0 done (with or
without findings), 1 something could not be loaded or done, 2 the command was wrong, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.safe_text import visible

EXAMPLE = "select directorate, measure, quarter, value_text, target_text from latest_results limit 10"

PRINTED = 1000
"""Rows of an answer that a terminal gets; --csv gives all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal of another alphabet is no reason to stop
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        return int(options.command(options))
    except KeyboardInterrupt:
        kept = " The warehouse is as it was." if options.command is _ingest else ""
        print(f"\nStopped.{kept}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output, as in `| head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _sorry(
            f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipeline", description="Scorecards and returns into one warehouse."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument(
        "--warehouse", type=Path, default=Path("warehouse"), help="folder of the warehouse (warehouse)"
    )

    one = commands.add_parser(
        "ingest", parents=[where], help="read the documents, build the warehouse and its report"
    )
    one.add_argument("--raw", type=Path, default=Path("raw"), help="folder of the documents (raw)")
    one.add_argument("--codes", type=Path, help="folder of the code lists (schemas/codes)")
    one.add_argument("--rebuild", action="store_true", help="read every document again")
    one.add_argument(
        "--accept-changes", action="store_true", help="take replaced and vanished files for granted"
    )
    one.add_argument("--workers", type=_count, help="processes that read (one per core)")
    one.add_argument(
        "--scheduler", metavar="tcp://HOST:PORT", help="a Dask cluster that reads (docs/scale.md)"
    )
    one.add_argument(
        "--storage",
        metavar="URL",
        help="what that cluster shares: a folder, s3://bucket/path (docs/scale.md)",
    )
    one.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="another limit for one document; --limit help=1 lists them",
    )
    one.set_defaults(command=_ingest)

    one = commands.add_parser("query", parents=[where], help="ask the warehouse a question in SQL")
    one.add_argument("sql", help=f'for example "{EXAMPLE}"')
    one.add_argument("--csv", action="store_true", help="print comma-separated values")
    one.set_defaults(command=_query)

    one = commands.add_parser(
        "export", parents=[where], help="write the views as files for other programs and other people"
    )
    one.add_argument("--form", choices=("parquet", "csv", "xlsx"), default="parquet", help="(parquet)")
    one.add_argument("--only", metavar="VIEW,VIEW", default="", help="not all views, but these")
    one.add_argument("--suppress", type=_count, default=0, metavar="N", help="counts from 1 to N are [c]")
    one.set_defaults(command=_export)

    one = commands.add_parser("show", help="print a file as extracted, with the places of its cells")
    one.add_argument("file", type=Path)
    one.set_defaults(command=_show)

    one = commands.add_parser("report", parents=[where], help="write the data-quality report again")
    one.add_argument(
        "--all-pages",
        action="store_true",
        help="a picture of every page, not only of those that findings point at",
    )
    one.set_defaults(command=_report)

    one = commands.add_parser(
        "serve", parents=[where], help="show the report in a browser, on this machine only"
    )
    one.add_argument("--port", type=_count, default=8765)
    one.set_defaults(command=_serve)

    one = commands.add_parser("sbom", help="print the installed packages as a CycloneDX bill of materials")
    one.set_defaults(command=_sbom)
    return parser


def _ingest(options: argparse.Namespace) -> int:
    from pipeline.limits import Limits, changed
    from pipeline.progress import progress

    try:
        limits = changed(Limits(), options.limit)
    except ValueError as error:
        return _wrong(str(error))
    import duckdb

    from pipeline.isolate import CannotRead
    from pipeline.lock import Held
    from pipeline.run import CODES, NothingToRead, Options, ingest

    codes = options.codes or CODES
    if not (codes / "headings.csv").is_file():
        return _wrong(f"{codes} is no folder of code lists: it holds no headings.csv")
    try:
        with progress() as tell:
            settings = Options(
                limits,
                options.workers,
                options.rebuild,
                options.accept_changes,
                codes,
                options.scheduler,
                options.storage,
            )
            summary = ingest(options.raw, options.warehouse, tell, settings)
    except NothingToRead as error:
        return _wrong(str(error))
    except Held as error:
        return _sorry(
            f"another ingest of {options.warehouse} is running ({error}); try again when it is done"
        )
    except CannotRead as error:
        return _sorry(str(error))
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
        said = str(error).splitlines()[0].split("Error: ", 1)[-1]
        return _sorry(f"the warehouse could not be written, it is as it was: {said}")
    except (ValueError, RuntimeError) as error:
        if type(error).__name__ not in ("CodeListError", "SqlError"):
            raise
        return _sorry(str(error))
    for line in summary.lines():
        print(line)
    place = "" if options.warehouse == Path("warehouse") else f"WAREHOUSE='{options.warehouse}' "
    print(f'Ask it:            make query {place}SQL="{EXAMPLE}"')
    for path in summary.lost[:20]:
        print(f"Could not load:    {path} (the report says why)", file=sys.stderr)
    if len(summary.lost) > 20:
        print(f"Could not load:    {len(summary.lost) - 20} more", file=sys.stderr)
    return 1 if summary.lost else 0


def _query(options: argparse.Namespace) -> int:
    import duckdb

    from pipeline.progress import as_csv, as_table
    from pipeline.query import NotOneQuestion, run_query

    at_most = None if options.csv else PRINTED + 1
    try:
        names, rows = run_query(_database(options.warehouse), options.sql, at_most)
    except FileNotFoundError as error:
        return _sorry(str(error))
    except NotOneQuestion as error:
        return _wrong(f'{error}: make query SQL="{EXAMPLE}"')
    except duckdb.Error as error:
        return _wrong(" ".join(str(error).split("\n\n")[0].split()))
    print(as_csv(names, rows) if options.csv else as_table(names, rows, PRINTED), end="")
    return 0


def _export(options: argparse.Namespace) -> int:
    from pipeline.export import CannotExport, export

    only = [name.strip() for name in options.only.split(",") if name.strip()]
    try:
        done = export(options.warehouse, options.form, only, options.suppress)
    except (FileNotFoundError, CannotExport) as error:
        return _sorry(str(error))
    for line in done.told(options.suppress):
        print(line)
    return 0


def _show(options: argparse.Namespace) -> int:
    from pipeline.extract.extract import Unreadable
    from pipeline.limits import OverLimit
    from pipeline.show import show

    if not options.file.is_file():
        return _wrong(f"there is no file {options.file}; write make show FILE=raw/2012-13/Q1/file.pdf")
    try:
        for line in show(options.file):
            print(visible(line))
    except Unreadable as error:
        return _sorry(f"{options.file}: {error.message}")
    except OverLimit as error:
        return _sorry(f"{options.file}: {error}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from pipeline.report import write_report

    try:
        print(f"Report: {write_report(options.warehouse, options.all_pages)}")
    except FileNotFoundError as error:
        return _sorry(str(error))
    return 0


def _serve(options: argparse.Namespace) -> int:
    from pipeline.serve import serve

    folder = options.warehouse / "report"
    if not (folder / "index.html").is_file():
        return _sorry(f"there is no report in {folder}; build it with: make ingest")
    try:
        serve(folder, options.port, lambda at: print(f"The report is at {at} (stop with Ctrl-C)", flush=True))
    except OSError as error:
        return _sorry(f"port {options.port}: {error.strerror}; take another: make serve ARGS='--port 8766'")
    return 0


def _sbom(options: argparse.Namespace) -> int:
    import json

    from pipeline.sbom import bill_of_materials

    print(json.dumps(bill_of_materials(), indent=2))
    return 0


def _database(warehouse: Path) -> Path:
    from pipeline.summary import DATABASE

    return warehouse / DATABASE


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _wrong(message: str) -> int:
    print(visible(message), file=sys.stderr)
    return 2


def _sorry(message: str) -> int:
    print(visible(message), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
