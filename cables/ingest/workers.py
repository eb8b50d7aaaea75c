"""Processes that parse: batches of raw cables go out, prepared ones come back in the same order."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from typing import Protocol

from cables.ingest.preparing import Prepared, prepare, with_texts, without_texts
from cables.parsing.records import RawCable

Cables = list[tuple[RawCable, str]]


class Promise(Protocol):
    """Cables that will be prepared."""

    def result(self) -> list[Prepared]:
        """Wait for the cables, and return them in order."""


class Workers(Protocol):
    """Whoever prepares: how many batches it may hold at once, and a way to hand it one."""

    at_once: int

    def prepare(self, cables: Cables) -> Promise:
        """Return the promise of the cables prepared; each comes with its content hash."""


@contextmanager
def workers(count: int) -> Iterator[Workers]:
    """Return `count` processes that prepare meanwhile; below 2 this process does it itself."""
    if count < 2:
        yield _Here()
        return
    # A fresh interpreter holds no connection to the database and none of this process's memory.
    executor = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield _Pool(executor, 2 * count)
    finally:
        executor.shutdown(cancel_futures=True)


def prepare_all(cables: Cables) -> list[Prepared]:
    """Return the cables prepared, in order."""
    with few_collections():
        return [prepare(raw, hashed) for raw, hashed in cables]


class _Here:
    at_once = 1

    def prepare(self, cables: Cables) -> Promise:
        done: Future[list[Prepared]] = Future()
        done.set_result(prepare_all(cables))
        return done


class _Pool:
    def __init__(self, executor: ProcessPoolExecutor, at_once: int) -> None:
        self._executor = executor
        self.at_once = at_once

    def prepare(self, cables: Cables) -> Promise:
        return _Promised(cables, self._executor.submit(_prepare_without_texts, cables))


@dataclass(frozen=True, slots=True)
class _Promised:
    """What another process prepares: the texts, which it has from here, do not come back."""

    cables: Cables
    light: Future[list[tuple[Prepared, int]]]

    def result(self) -> list[Prepared]:
        answers = zip(self.cables, self.light.result(), strict=True)
        return [with_texts(cable, header, raw) for (raw, _), (cable, header) in answers]


def _prepare_without_texts(cables: Cables) -> list[tuple[Prepared, int]]:
    return list(map(without_texts, prepare_all(cables)))


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for cyclic garbage seldom meanwhile: an import makes many objects and next to no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin() -> None:
    """Make this process end with the one that started it, even if that is killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
