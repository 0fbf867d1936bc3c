from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from tlbb_desktop.qt import tasks as tasks_module


def test_the_answer_arrives_on_the_gui_thread_and_the_work_was_done_on_another(qtbot, tasks):
    seen = []
    owner = QObject()
    tasks.submit(
        lambda progress: threading.current_thread() is threading.main_thread(),
        owner,
        lambda result: seen.append((result, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_a_failure_reaches_the_one_who_asked(qtbot, tasks):
    failures = []
    tasks.submit(lambda progress: 1 / 0, QObject(tasks), pytest.fail, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)


def test_a_failure_that_nobody_takes_is_announced(qtbot, tasks):
    with qtbot.waitSignal(tasks.unhandled) as blocker:
        tasks.submit(lambda progress: 1 / 0, QObject(tasks), pytest.fail)
    assert isinstance(blocker.args[0], ZeroDivisionError)


def test_a_job_that_comes_after_the_end_is_dropped(qtbot, tasks):
    answers = []
    tasks.submit(lambda _progress: 1, tasks, answers.append)
    tasks.close()
    late = tasks.submit(lambda _progress: 2, tasks, answers.append)
    qtbot.wait(50)
    assert late.progress.cancelled
    assert 2 not in answers


def test_a_bounded_end_does_not_wait_for_what_was_dropped(tasks):
    started, gate = threading.Event(), threading.Event()

    def job(_progress):
        started.set()
        return gate.wait(30)

    tasks.submit(job, tasks, lambda _: None)
    waiting = tasks.submit(lambda _progress: 1, tasks, pytest.fail)
    assert started.wait(30)
    assert not tasks.close(0.01)
    gate.set()
    assert tasks.close(600)
    assert waiting.future.cancelled()


def test_an_answer_for_a_closed_page_is_dropped(qtbot, tasks):
    owner, seen, done = QObject(), [], []
    gate = threading.Event()
    tasks.submit(lambda progress: gate.wait(10), owner, seen.append)
    delete(owner)
    gate.set()
    tasks.submit(lambda progress: 2, QObject(tasks), done.append)
    qtbot.waitUntil(lambda: done == [2])
    assert seen == []


def test_a_job_that_only_waits_keeps_no_end_waiting(qapp):
    runner, begun, gate = tasks_module.TaskRunner(), threading.Event(), threading.Event()

    def work(_progress):
        begun.set()
        gate.wait(30)
        return 1

    runner.submit(work, runner, lambda _one: None)
    runner.submit(lambda _progress: 2, runner, lambda _two: None)
    assert begun.wait(30)
    threading.Timer(0.1, gate.set).start()
    assert runner.close(600)


def test_jobs_run_in_the_order_of_submission(qtbot, tasks):
    order = []
    for number in range(20):
        tasks.submit(lambda progress, number=number: number, tasks, order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_progress_reaches_the_page_before_the_answer(qtbot, tasks, monkeypatch):
    monkeypatch.setattr(tasks_module, "SECONDS_BETWEEN_REPORTS", 0)
    heard = []

    def job(progress):
        for done in range(1, 4):
            progress.report(done, 3)
        return "ready"

    tasks.submit(job, tasks, heard.append, progressed=lambda done, total: heard.append((done, total)))
    qtbot.waitUntil(lambda: "ready" in heard)
    assert heard == [(1, 3), (2, 3), (3, 3), "ready"]


def test_a_job_may_report_a_million_steps_without_flooding_the_window(qtbot, tasks):
    heard = []

    def job(progress):
        for done in range(1, 100_001):
            progress.report(done, 100_000)

    ready = []
    tasks.submit(job, tasks, lambda result: ready.append(True), progressed=lambda *step: heard.append(step))
    qtbot.waitUntil(lambda: bool(ready))
    assert heard[-1] == (100_000, 100_000)
    assert len(heard) < 1000


def test_a_cancelled_job_is_told_and_its_failure_is_silent(qtbot, tasks):
    started, failures, done = threading.Event(), [], []
    told = []

    def job(progress):
        started.set()
        while not progress.cancelled:
            threading.Event().wait(0.001)
        told.append(True)
        raise InterruptedError

    task = tasks.submit(job, tasks, pytest.fail, failures.append)
    assert started.wait(10)
    task.cancel()
    tasks.submit(lambda progress: 1, tasks, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert told == [True]
    assert failures == []


def test_a_waiting_job_that_is_cancelled_never_starts(qtbot, tasks):
    gate, ran, done = threading.Event(), [], []
    tasks.submit(lambda progress: gate.wait(10), tasks, lambda result: None)
    tasks.submit(lambda progress: ran.append(True), tasks, pytest.fail).cancel()
    gate.set()
    tasks.submit(lambda progress: 1, tasks, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert ran == []


def test_work_that_was_done_in_spite_of_cancelling_is_delivered(qtbot, tasks):
    started, gate, done = threading.Event(), threading.Event(), []

    def job(progress):
        started.set()
        gate.wait(10)
        return "saved"

    task = tasks.submit(job, tasks, done.append)
    assert started.wait(10)
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: done == ["saved"])


def test_the_runner_is_idle_once_nothing_waits_or_runs(qtbot, tasks):
    answers, go_on = [], threading.Event()
    assert tasks.is_idle
    for _ in range(2):
        tasks.submit(lambda _progress: go_on.wait(20), tasks, answers.append)
    assert not tasks.is_idle
    go_on.set()
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert tasks.is_idle
