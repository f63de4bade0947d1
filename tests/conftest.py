"""Which tests run: those of missing programs stay out of the collection; the long ones run with --faults."""

from __future__ import annotations

import sys

import pytest

from tests.programs import left_out

collect_ignore = left_out()


def pytest_addoption(parser: pytest.Parser) -> None:
    """--faults: the long versions of the tests of faults (make test-faults)."""
    parser.addoption("--faults", action="store_true", help="run the long versions of the tests of faults")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether to run the long version of a test."""
    return bool(request.config.getoption("--faults"))


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """No dot for every passed test where nobody watches: a green run is then a few lines."""
    if report.passed and report.when == "call" and not sys.stdout.isatty():
        return "passed", "", "PASSED"
    return None
