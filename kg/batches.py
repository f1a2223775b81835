"""Work on many documents, in batches: in this process, or in others over an executor.

What is done to one document is a function of its records and of what all documents share. The results come
in the order of the documents, so that they are the same however many work. A text crosses to a worker and
never back: a result names its document, and what is shared has no texts at all.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any

from kg.model import Document, KgError
from kg.shelves import Shelved

_MOST = 32  #: documents in a batch
_EACH = 4  #: batches for each worker, that the last ones may end at about the same time
_TEXTS = ("text", "marks")  #: fields of a document that take much room
_ENOUGH = 1_000_000  #: bytes of a corpus from which it pays to start processes

Reduced = tuple[Callable[..., Any], tuple[Any, ...]]  #: as pickle takes a value: what makes it, and of what
Progress = Callable[[str], None]  #: hears what is being done


class Batches:
    """How the documents of a corpus are worked on: one after the other here, or in batches over an `executor`.

    The executor can be any of `concurrent.futures`, and so one of a cluster.

    >>> Batches().map(len, [("六稳",), ("六",)])
    [2, 1]
    """

    def __init__(
        self,
        executor: Executor | None = None,
        workers: int = 1,
        progress: Progress = lambda step: None,
        share: Callable[[bytes], Any] = lambda data: data,
    ) -> None:
        """`share` gives what stands for the bytes that all batches of a map share, where an executor can send them once."""
        self._executor = executor
        self._workers = workers
        self._progress = progress
        self._share = share

    @property
    def several(self) -> bool:
        """Whether other processes do the work."""
        return self._executor is not None

    def map(
        self, function: Callable[..., Any], rows: Sequence[tuple[Any, ...]], *shared: Any, step: str = ""
    ) -> list[Any]:
        """`function(*row, *shared)` for each row, in the order of the rows; `step` says what that is.

        The function is one of a module; where a row has a document, that is its first.
        """
        return list(self.each(function, rows, *shared, step=step))

    def each(
        self, function: Callable[..., Any], rows: Sequence[tuple[Any, ...]], *shared: Any, step: str = ""
    ) -> Iterator[Any]:
        """The results of `map`, one by one."""
        for number, result in enumerate(self._each(function, rows, shared)):
            if number % _MOST == 0 and len(rows) > _MOST:
                self._progress(f"{step}, {number:,} of {len(rows):,}")
            yield result

    def later(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        """`function(*given)`, for whoever calls what this gives; another process works it out meanwhile, if there is one.

        For what is of the whole corpus and rests on no texts. The function is one of a module.

        >>> Batches().later(max, 1, 2)()
        2
        """
        if self._executor is None:
            return lambda: function(*given)
        future = self._executor.submit(_call, function, dump(given, _textless))
        return lambda: _found(future)

    def beside(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        """`function(*given)`, for whoever calls what this gives; where other processes work, they have its maps meanwhile.

        For what leaves nearly all to maps and has them to itself until then: a thread of this process hands them
        out, so that nobody is idle while the rest of the corpus is dealt with here.

        >>> Batches().beside(max, 1, 2)()
        2
        """
        if self._executor is None:
            return lambda: function(*given)
        thread = ThreadPoolExecutor(1)
        future = thread.submit(function, *given)
        thread.shutdown(wait=False)  # it ends with what it was given
        return future.result

    def _each(
        self, function: Callable[..., Any], rows: Sequence[tuple[Any, ...]], shared: tuple[Any, ...]
    ) -> Iterator[Any]:
        if self._executor is None or len(rows) == 1:
            yield from (function(*row, *shared) for row in rows)
            return
        data = dump(shared, _textless)
        digest, common = hashlib.sha256(data).hexdigest(), self._share(data)
        size = max(1, min(_MOST, len(rows) // (self._workers * _EACH)))
        waiting = iter([rows[i : i + size] for i in range(0, len(rows), size)])

        def send(batch: Sequence[tuple[Any, ...]]) -> tuple[Sequence[tuple[Any, ...]], Future[bytes]]:
            assert self._executor is not None
            return batch, self._executor.submit(_work, function, dump(batch, whole), digest, common)

        # few batches are under way at once, so that they do not pile up in memory
        sent = [send(batch) for batch in islice(waiting, 2 * self._workers)]
        try:
            while sent:
                batch, future = sent.pop(0)
                found = _found(future)
                sent += [send(following) for following in islice(waiting, 1)]
                yield from Reader(found, batch).load()
        finally:
            for _, future in sent:
                future.cancel()


def _found(future: Future[Any]) -> Any:
    """What a worker found."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise KgError(
            "a worker process ended without a word, often for lack of memory; try fewer with --jobs"
        ) from None


@contextmanager
def batches(jobs: int, size: int, progress: Progress = lambda step: None) -> Iterator[Batches]:
    """Batches for `jobs` processes, 0 for one a core; in this process where `size`, in bytes, is too little for more."""
    workers = jobs or cores()
    if workers == 1 or size < _ENOUGH:
        yield Batches(progress=progress)
        return
    # Ctrl-C reaches every process of a terminal: a worker ends without a word, and this process says what there is to say
    with ProcessPoolExecutor(
        workers, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)
    ) as executor:
        yield Batches(executor, workers, progress)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- across the border of a process ----------------------------------------------------------------------

_shared: dict[str, tuple[Any, ...]] = {}  #: in a worker, what the batches of one map share


def _work(function: Callable[..., Any], batch: bytes, digest: str, data: bytes) -> bytes:
    """The results for a batch, the documents that were sent by name. In a worker."""
    shared = _shared.get(digest)
    if shared is None:  # another thread of the worker may be as far as this
        shared = pickle.loads(data)
        _shared.clear()
        _shared[digest] = shared
    rows = pickle.loads(batch)
    sent = {row[0].id for row in rows if isinstance(row[0], Document)}
    results = [function(*row, *shared) for row in rows]
    return dump(results, lambda doc: (document_called, (doc.id,)) if doc.id in sent else whole(doc))


def _call(function: Callable[..., Any], given: bytes) -> Any:
    """The result of a function. In a worker."""
    return function(*pickle.loads(given))


def dump(value: object, document: Callable[[Document], Reduced]) -> bytes:
    """A value as bytes, its documents as `document` puts them."""
    target = io.BytesIO()
    _Writer(target, document).dump(value)
    return target.getvalue()


class _Writer(pickle.Pickler):
    """Writes records by their fields, in a fifth of the time that dataclasses with slots take by themselves."""

    def __init__(self, target: io.BytesIO, document: Callable[[Document], Reduced]) -> None:
        super().__init__(target, pickle.HIGHEST_PROTOCOL)
        self._document = document

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Document):
            return self._document(value)
        kind: Any = type(value)
        read = _reader_of(kind)
        return (kind, read(value)) if read else NotImplemented


@cache
def _reader_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What reads the fields of a record in the order in which it is made of them; None of what is no record."""
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return None
    names = [field.name for field in fields(kind)]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names)


def _textless(doc: Document) -> Reduced:
    facts = {field.name: getattr(doc, field.name) for field in fields(Document) if field.name not in _TEXTS}
    return Document, (facts.pop("id"), "", (), *facts.values())


def whole(doc: Document) -> Reduced:
    """A document with its text; of one that is on a shelf, where it stands there."""
    return doc.__reduce__() if isinstance(doc, Shelved) else copied(doc)


def copied(doc: Document) -> Reduced:
    """A document with its text, wherever that stands."""
    return Document, tuple(passing(getattr(doc, field.name)) for field in fields(Document))


def passing(value: Any) -> Any:
    """A copy of a text, any other value itself: who takes a text as UTF-8, as pickle does, leaves that beside it for as
    long as the text lives, and more than doubles it.

    >>> text = "六稳"
    >>> passing(text) == text, passing(text) is text
    (True, False)
    """
    return value[:1] + value[1:] if type(value) is str else value


def document_called(name: str) -> Document:
    """Stands for a document in results; who reads them puts the document itself in its place."""
    raise LookupError(name)


class Reader(pickle.Unpickler):
    """Reads the results of a batch, with the documents that were sent."""

    def __init__(self, data: bytes, batch: Sequence[tuple[Any, ...]]) -> None:
        super().__init__(io.BytesIO(data))
        self._documents = {row[0].id: row[0] for row in batch if isinstance(row[0], Document)}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, document_called.__name__):
            return self._documents.__getitem__
        return super().find_class(module, name)
