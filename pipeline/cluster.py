"""Documents read on a Dask cluster: the same workers, limits and results as on one machine, on many.

Every machine of the cluster has this project and its code lists at the same version. Documents and Readings go through
a shared storage that fsspec knows (``storage``: a folder, s3://bucket/path, ...); without one the machines see raw/ under
the same path (NFS), and the Readings come back through the scheduler. A task is a handful of documents; it reads them with ``read_isolated``
in a program of its own, ``python -m pipeline.cluster``, and sends the packed Readings back. A machine that dies costs
the time of its tasks, which others repeat.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pipeline.cache import ROOT, code_version
from pipeline.child import end_with
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


class Storage:
    """The folder of one run in a storage: documents by their content, packed Readings by document_id."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.url = url
        self.files, self.folder = fsspec.core.url_to_fs(url)

    def of_document(self, document: Document) -> str:
        """Where the bytes of a document lie."""
        return f"{self.folder}/documents/{document.sha256}"

    def lay_out(self, documents: Sequence[Document]) -> None:
        """Put the documents there."""
        for part in ("documents", "readings"):
            self.files.makedirs(f"{self.folder}/{part}", exist_ok=True)
        for document in documents:
            self.files.put_file(document.file, self.of_document(document))

    def fetch(self, document: Document, folder: Path) -> Document:
        """A document with its bytes in a folder of this machine."""
        file = folder / document.sha256
        self.files.get_file(self.of_document(document), str(file))
        return replace(document, file=str(file))

    def put(self, document_id: str, packed: bytes) -> None:
        """Keep packed Readings; a second time the same, when another machine has taken over."""
        self.files.pipe_file(f"{self.folder}/readings/{document_id}", packed)

    def take(self, document_id: str) -> bytes:
        """Packed Readings."""
        return bytes(self.files.cat_file(f"{self.folder}/readings/{document_id}"))

    def clear(self) -> None:
        """Remove the folder of the run."""
        self.files.rm(self.folder, recursive=True)


def read_on_cluster(
    documents: Sequence[Document], codes: Path, limits: Limits, scheduler: str, storage: str | None = None
) -> Iterator[Outcome]:
    """Read documents on the cluster of a scheduler (tcp://host:port) and yield each as it is done.

    Raises CannotRead: no scheduler, no machine, no storage, another version of the project on one of them.
    """
    if storage is None:
        yield from _read_on_cluster(documents, codes, limits, scheduler, None)
        return
    try:
        run = Storage(f"{storage.rstrip('/')}/run-{uuid.uuid4().hex[:12]}")
        run.lay_out(documents)
    except (ImportError, OSError, ValueError) as error:
        raise CannotRead(f"the storage {storage} cannot be used: {error}") from None
    try:
        yield from _read_on_cluster(documents, codes, limits, scheduler, run)
    finally:
        run.clear()


def _read_on_cluster(
    documents: Sequence[Document], codes: Path, limits: Limits, scheduler: str, storage: Storage | None
) -> Iterator[Outcome]:
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
        jobs = _jobs(documents, codes, limits, threads, storage)
        futures = client.map(run_task, jobs, pure=False)
        by_id = {document.document_id: document for document in documents}
        for future in as_completed(futures, loop=client.loop):
            if future.status != "finished":
                raise CannotRead(f"the cluster failed: {future.exception()}")
            for identity, keep, packed in future.result():
                if not identity:
                    raise CannotRead(packed)
                taken = storage.take(identity) if storage else base64.b64decode(packed)
                yield Outcome(by_id[identity], taken, keep)


def _jobs(
    documents: Sequence[Document], codes: Path, limits: Limits, threads: int, storage: Storage | None
) -> list[Job]:
    size = max(1, min(TASK, len(documents) // (ROUNDS * max(threads, 1))))
    about = {
        "codes": str(codes.resolve()),
        "limits": asdict(limits),
        "version": code_version(codes=codes),
        "storage": storage and storage.url,
    }
    far = [
        asdict(replace(document, file="" if storage else str(Path(document.file).resolve())))
        for document in documents
    ]
    return [{**about, "documents": far[at : at + size]} for at in range(0, len(far), size)]


def run_task(job: Job) -> list[tuple[str, bool, str]]:
    """On a machine of the cluster: (document_id, keep, packed Readings as base64) of each document of a job; the
    Readings are empty here when they lie in the storage.

    A document_id of '' means that the machine cannot read; the text then says why.
    """
    order = [sys.executable, "-m", "pipeline.cluster", str(os.getpid())]
    done = subprocess.run(order, cwd=ROOT, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        return [("", False, said[-1])]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def main() -> int:
    """Read the job on standard input, answer with a line of JSON per document; end with the process that asked."""
    end_with(int(sys.argv[1]))
    job = json.load(sys.stdin)
    codes, limits = Path(job["codes"]), Limits(**job["limits"])
    if code_version(codes=codes) != job["version"]:
        sys.stderr.write("a machine of the cluster has another version of the project\n")
        return 1
    use(limits)
    documents = [Document(**given) for given in job["documents"]]
    storage = Storage(job["storage"]) if job["storage"] else None
    try:
        with tempfile.TemporaryDirectory(prefix="scorecards-") as folder:
            if storage:
                documents = [storage.fetch(document, Path(folder)) for document in documents]
            for outcome in read_isolated(documents, codes, Path(folder), limits, workers=1):
                packed = "" if storage else base64.b64encode(outcome.packed).decode()
                if storage:
                    storage.put(outcome.document.document_id, outcome.packed)
                sys.stdout.write(json.dumps([outcome.document.document_id, outcome.keep, packed]) + "\n")
    except CannotRead as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
