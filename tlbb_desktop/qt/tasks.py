"""Run services off the GUI thread and deliver what comes of it on the GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Failed = Callable[[Exception], object]
Progressed = Callable[[int, int], object]

SECONDS_BETWEEN_REPORTS = 0.05


class Progress:
    """What a job is given: a place to report to and the news that it is no longer wanted."""

    def __init__(self, announce: Progressed) -> None:
        self._announce = announce
        self._cancelled = Event()
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop; the job then undoes its work and raises."""
        return self._cancelled.is_set()

    def report(self, done: int, total: int) -> None:
        """Say that *done* of *total* steps are finished; as often as one likes, it is passed on 20 times a second."""
        now = time.monotonic()
        if done >= total or now - self._last >= SECONDS_BETWEEN_REPORTS:
            self._last = now
            self._announce(done, total)

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._cancelled.set()


class Task:
    """A running or waiting job that can be asked to stop."""

    def __init__(self, owner: QObject, progress: Progress) -> None:
        self.owner = owner
        self.progress = progress
        self.future: Future[object] | None = None

    def cancel(self) -> None:
        """Stop the job: at once when it still waits, at its next look at ``progress.cancelled`` otherwise."""
        self.progress.cancel()
        if self.future is not None:
            self.future.cancel()


class TaskRunner(QObject):
    """One queue of work, in the order of submission.

    The *owner* is the widget that the answer is for: when it is gone by then, the answer is dropped.

    Signals:
        unhandled: an exception that no ``failed`` took; the window shows it.
    """

    unhandled = Signal(Exception)
    _posted = Signal(object, object)

    def __init__(self, parent: QObject | None = None, *, workers: int = 1, name: str = "work") -> None:
        super().__init__(parent)
        self._workers, self._name = workers, name
        self._executor: ThreadPoolExecutor | None = None
        self._closed = False
        self._unfinished: dict[Future[Any], Task] = {}

    @property
    def is_idle(self) -> bool:
        """Whether no job waits or runs; the answer of the last one may still be on its way."""
        return not self._unfinished

    @property
    def is_closed(self) -> bool:
        """Whether no more jobs are taken; who asks job after job stops then."""
        return self._closed

    def submit(
        self,
        job: Callable[[Progress], T],
        owner: QObject,
        done: Callable[[T], object],
        failed: Failed | None = None,
        progressed: Progressed | None = None,
    ) -> Task:
        """Queue *job*; call *done* with its result, or *failed* with its exception, on the GUI thread.

        A job that raises after it was cancelled is silent. One that finishes in spite of it is delivered, because its
        work is done. Once the runner is closed a job is dropped: the window goes, and nobody waits for its answer.

        Args:
            job: called in a worker thread with a ``Progress``; must not touch widgets.
            owner: the widget that the answer is for.
            done: called with the result.
            failed: called with the exception; without it ``unhandled`` is emitted.
            progressed: called with (done, total) now and then.
        """

        def announce(finished: int, total: int) -> None:
            if progressed is not None:
                self._posted.emit(task, lambda: progressed(finished, total))

        def deliver(future: Future[T]) -> None:
            self._unfinished.pop(future, None)
            self._posted.emit(task, lambda: self._conclude(future, task, done, failed))

        task = Task(owner, Progress(announce))
        if self._closed:
            task.cancel()
            return task
        future = self._started().submit(job, task.progress)
        self._unfinished[future] = task
        task.future = future  # type: ignore[assignment]  # only cancelled through, never read
        future.add_done_callback(deliver)
        return task

    def wind_down(self) -> None:
        """Take no more jobs; those that were taken are done to their end."""
        self._closed = True

    def break_off(self) -> None:
        """Ask all jobs to stop: those that look at ``progress.cancelled`` do, the others are done to their end."""
        for task in tuple(self._unfinished.values()):
            task.progress.cancel()

    def close(self, seconds: float | None = None) -> bool:
        """Drop what waits and wait for what runs; tells whether all has ended.

        Args:
            seconds: wait so long at most.
        """
        self._closed = True
        if self._executor is None:
            return True
        taken = tuple(self._unfinished)
        self._executor.shutdown(wait=seconds is None, cancel_futures=True)
        if seconds is None:
            return True
        from concurrent.futures import wait

        # ``wait`` would wait for those that were dropped, too: no thread comes to say that they are
        return not wait([future for future in taken if not future.cancelled()], seconds).not_done

    def _started(self) -> ThreadPoolExecutor:
        """The threads, begun with the first job, so that the first paint waits for no import of theirs."""
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            from PySide6.QtCore import Qt

            from tlbb_desktop.qt.garbage import collect_garbage_here

            collect_garbage_here()
            self._executor = ThreadPoolExecutor(self._workers, thread_name_prefix=self._name)
            self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        return self._executor

    @Slot(object, object)
    def _deliver(self, task: Task, news: Callable[[], object]) -> None:
        if isValid(task.owner):
            news()

    def _conclude(self, future: Future[T], task: Task, done: Callable[[T], object], failed: Failed | None) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif not isinstance(error, Exception):
            raise error
        elif task.progress.cancelled:
            return
        elif failed is not None:
            failed(error)
        else:
            self.unhandled.emit(error)
