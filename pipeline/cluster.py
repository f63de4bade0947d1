"""Documents read on a Dask cluster: the same workers, limits and results as on one machine, on many.

Every machine of the cluster has this project at the same version and sees the folders raw/ and of the code lists
under the same paths (NFS, a mounted bucket). A task is a handful of documents; it reads them with ``read_isolated``
in a program of its own, ``python -m pipeline.cluster``, and sends the packed Readings back. A machine that dies costs
the time of its tasks, which others repeat.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pipeline.cache import ROOT, code_version
from pipeline.isolate import CannotRead, Outcome, read_isolated
from pipeline.limits import Limits, use
from pipeline.shapes import Document

TASK = 16
"""Documents of a task at most: starting its program costs a second, a machine that dies the task."""
ROUNDS = 4
"""Tasks that each thread of the cluster gets at least, where there are enough documents."""
WAIT = 10
"""Seconds until a scheduler that says nothing counts as absent."""
Job = dict[str, Any]


def read_on_cluster(
    documents: Sequence[Document], codes: Path, limits: Limits, scheduler: str
) -> Iterator[Outcome]:
    """Read documents on the cluster of a scheduler (tcp://host:port) and yield each as it is done.

    Raises CannotRead: no scheduler, no machine, another version of the project on one of them.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise CannotRead("the cluster needs Dask: .venv/bin/pip install distributed") from None
    try:
        client = Client(scheduler, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CannotRead(f"no scheduler answers at {scheduler}: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError:
            raise CannotRead(f"the scheduler at {scheduler} has no workers") from None
        threads = sum(client.nthreads().values())
        jobs = _jobs(documents, codes, limits, threads)
        futures = client.map(run_task, jobs, pure=False)
        by_id = {document.document_id: document for document in documents}
        for future in as_completed(futures, loop=client.loop):
            if future.status != "finished":
                raise CannotRead(f"the cluster failed: {future.exception()}")
            for identity, keep, packed in future.result():
                if not identity:
                    raise CannotRead(packed)
                yield Outcome(by_id[identity], base64.b64decode(packed), keep)


def _jobs(documents: Sequence[Document], codes: Path, limits: Limits, threads: int) -> list[Job]:
    size = max(1, min(TASK, len(documents) // (ROUNDS * max(threads, 1))))
    about = {"codes": str(codes.resolve()), "limits": asdict(limits), "version": code_version(codes=codes)}
    far = [asdict(replace(document, file=str(Path(document.file).resolve()))) for document in documents]
    return [{**about, "documents": far[at : at + size]} for at in range(0, len(far), size)]


def run_task(job: Job) -> list[tuple[str, bool, str]]:
    """On a machine of the cluster: (document_id, keep, packed Readings as base64) of each document of a job.

    A document_id of '' means that the machine cannot read; the text then says why.
    """
    order = [sys.executable, "-m", "pipeline.cluster"]
    done = subprocess.run(order, cwd=ROOT, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        return [("", False, said[-1])]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def main() -> int:
    """Read the job on standard input, answer with a line of JSON per document."""
    job = json.load(sys.stdin)
    codes, limits = Path(job["codes"]), Limits(**job["limits"])
    if code_version(codes=codes) != job["version"]:
        sys.stderr.write("a machine of the cluster has another version of the project\n")
        return 1
    use(limits)
    documents = [Document(**given) for given in job["documents"]]
    try:
        with tempfile.TemporaryDirectory(prefix="scorecards-") as folder:
            for outcome in read_isolated(documents, codes, Path(folder), limits, workers=1):
                packed = base64.b64encode(outcome.packed).decode()
                sys.stdout.write(json.dumps([outcome.document.document_id, outcome.keep, packed]) + "\n")
    except CannotRead as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
