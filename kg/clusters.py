"""Batches on the machines of a cluster: the workers of a dask scheduler, with the same results as on one machine.

A batch whose worker is lost is done again by another one: dask keeps what each was asked for until its result is
here. Whoever adds workers while a build runs has their help from the next batch on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.batches import Batches, Progress
from kg.model import KgError

_PATIENCE = 5  #: seconds in which a scheduler must answer, and have a worker

INSTALL = "pip install 'policy-terms[dask]'"


@contextmanager
def on_cluster(
    scheduler: str, folders: tuple[Path, ...] = (), progress: Progress = lambda step: None
) -> Iterator[Batches]:
    """Batches for the workers of a scheduler, by its address: tcp://host:8786.

    Raises KgError where dask is not installed, where nobody answers, where there are no workers, and where one of
    them lacks this package or does not see one of the `folders`.
    """
    try:
        import dask
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ImportError:
        raise KgError(f"--scheduler needs dask, which is not installed: {INSTALL}") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it has to say of lost workers
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        client = _client(Client, scheduler)
        try:
            workers = _workers(client, scheduler, folders)
            # no retries: what an error of a document is the first time it is the second time, and a lost worker counts as none
            executor = client.get_executor(pure=False)
            yield Batches(executor, workers, progress, lambda data: client.submit(_itself, data, pure=False))
        except (CommClosedError, CancelledError) as error:
            raise KgError(
                f"{scheduler}: the scheduler was lost ({_words(error)}); start it again, and build again"
            ) from None
        except KilledWorker:
            raise KgError(
                f"{scheduler}: one batch ended several workers, often for lack of memory; give each more memory"
            ) from None
        finally:
            client.close()


def _client(make: Any, scheduler: str) -> Any:
    try:
        return make(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise KgError(
            f"{scheduler}: no scheduler answers there ({_words(error)}); start one with `dask scheduler`, "
            "and give its address as tcp://HOST:8786"
        ) from None


def _workers(client: Any, scheduler: str, folders: tuple[Path, ...]) -> int:
    """How many threads the workers have. Raises KgError where they cannot do what is asked of them."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise KgError(
            f"{scheduler}: the scheduler has no workers; start some with `dask worker {scheduler}`"
        ) from None
    seen = client.run(_unseen, tuple(map(str, folders)), on_error="return")
    for worker, missing in sorted(seen.items()):
        if isinstance(missing, Exception):
            raise KgError(
                f"the worker {worker} cannot use kg ({_words(missing)}); install the same version of it there: {INSTALL}"
            )
        if missing:
            raise KgError(
                f"the worker {worker} does not see {missing[0]}; documents and results must be in folders that all machines share"
            )
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def _unseen(folders: tuple[str, ...]) -> list[str]:
    """Those of the folders that are not there. In a worker."""
    return [folder for folder in folders if not Path(folder).is_dir()]


def _itself(data: bytes) -> bytes:
    """What the batches of a map share, as a task of its own: sent once, passed on among the workers, made again where it is lost."""
    return data


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
