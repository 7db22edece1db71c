"""The one door: acts carry clerk and moment, changes are announced once, refusals become sentences."""

import threading
import time
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from db.records import Clerk
from desktop.changes import Changes
from desktop.errors import UserError
from desktop.gui.commands import Commands
from desktop.gui.heartbeat import Heartbeat
from desktop.gui.jobs import Jobs
from desktop.gui.messages import of_problem
from desktop.gui.outside_jobs import OutsideJobs
from desktop.gui.text_window import bug_report, crash_window, tell_crash
from desktop.office import crashes, opening, people, settings

ICT = timezone(timedelta(hours=7), "ICT")
NOW = datetime(2026, 11, 23, 9, 10, tzinfo=ICT)


@pytest.fixture
def commands(practice_home):
    with opening.open_register(practice_home, now=NOW) as book:
        yield Commands(book, Clerk("truc", "Lò Thị Trực"), lambda: NOW)


def test_an_act_is_done_and_its_changes_are_announced_once(commands, qtbot):
    heard = []
    commands.changed.connect(heard.append)
    with qtbot.waitSignal(commands.succeeded):
        commands.do(settings.change, "printer", {"name": "Canon"})
    assert heard == [Changes(settings=True)]
    assert commands.ask(settings.get, "printer") == {"name": "Canon"}


def test_a_refused_act_changes_nothing_and_says_why(commands, qtbot):
    heard = []
    commands.changed.connect(heard.append)
    with qtbot.waitSignal(commands.refused) as refusal:
        assert commands.do(people.add, "", "", roles=()) is None
    assert refusal.args[0].code == "bad_clerk"
    assert of_problem(refusal.args[0]) == ("soon", refusal.args[0].message)
    assert heard == []


def test_a_page_may_take_the_refusal_itself(commands, qtbot):
    told = []
    with qtbot.assertNotEmitted(commands.refused):
        commands.do(people.add, "", "", roles=(), refused=told.append)
    assert [problem.code for problem in told] == ["bad_clerk"]


def test_acts_carry_the_clerk_chosen_last(commands, qtbot):
    with qtbot.waitSignal(commands.clerk_changed):
        commands.act_as(Clerk("mai", "Vàng Thị Mai"))
    told = []
    commands.do(lambda book, *, clerk, now: told.append((clerk, now)))
    assert told == [("mai", NOW)]


def test_jobs_run_one_after_another_off_the_gui_thread_and_answer_on_it(qtbot):
    jobs, order, threads, listening = Jobs(), [], [], threading.Event()

    def work(name):
        def run(job):
            listening.wait(10)
            order.append(name)
            threads.append(threading.current_thread())
            job.report(1, 2)
            return name

        return run

    answers, steps = [], []
    first = jobs.start("một", work("một"), done=lambda result: answers.append((result, threading.current_thread())))
    first.progressed.connect(lambda done, total: steps.append((done, total)))
    listening.set()
    jobs.start("hai", work("hai"), done=lambda result: answers.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert order == ["một", "hai"]
    assert threading.current_thread() not in threads
    assert answers == [("một", threading.current_thread()), ("hai", threading.current_thread())]
    assert steps == [(1, 2)]
    assert jobs.is_idle


def test_a_failed_job_tells_its_page_and_the_next_one_still_runs(qtbot):
    jobs, told = Jobs(), []

    def fail(_job):
        raise UserError("no_printer", "Máy này chưa cài máy in nào.")

    jobs.start("in", fail, failed=lambda problem: told.append(problem.code))
    jobs.start("sao lưu", lambda _job: "xong", done=told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["no_printer", "xong"]


def test_our_own_mistake_in_a_worker_surfaces_on_the_gui_thread(qtbot):
    jobs = Jobs()
    with qtbot.captureExceptions() as caught:
        jobs.start("in", lambda _job: 1 / 0)
        qtbot.waitUntil(lambda: jobs.is_idle)
    assert caught[0][0] is ZeroDivisionError


def test_a_cancelled_job_stops_at_its_next_step_when_the_window_closes(qtbot):
    jobs, started = Jobs(), threading.Event()

    def patient(job):
        started.set()
        while not job.cancelled:
            pass

    jobs.start("dài", patient)
    assert started.wait(5)
    jobs.finish()
    qtbot.waitUntil(lambda: jobs.is_idle)


def test_closing_never_waits_for_a_network_that_does_not_answer(qtbot):
    jobs, started, answered = OutsideJobs(), threading.Event(), threading.Event()
    told, threads = [], []

    def dead_name_server(job):
        started.set()
        threads.append(threading.current_thread())
        answered.wait()
        job.report(1, 1)
        return "quá muộn"

    jobs.start("gửi", dead_name_server, done=told.append)
    jobs.start("gửi nữa", lambda _job: told.append("việc sau"))
    assert started.wait(5)
    before = time.monotonic()
    jobs.finish()
    assert time.monotonic() - before < 3
    assert threads[0].daemon
    answered.set()
    threads[0].join(5)
    QCoreApplication.sendPostedEvents(jobs)
    assert told == []


def test_what_is_just_being_settled_is_still_told_when_the_program_closes(qtbot):
    jobs, started, told = OutsideJobs(), threading.Event(), []

    def settle(job):
        started.set()
        assert job.pause(5)
        return "đã ghi"

    jobs.start("gửi", settle, done=told.append)
    assert started.wait(5)
    jobs.finish()
    QCoreApplication.sendPostedEvents(jobs)
    assert told == ["đã ghi"]


def test_the_network_does_one_thing_after_another(qtbot):
    jobs, told = OutsideJobs(), []
    for number in range(20):
        jobs.start("gửi", lambda _job, number=number: number, done=told.append)
    qtbot.waitUntil(lambda: jobs.is_idle)
    jobs.start("gửi", lambda _job: "lại", done=told.append)
    qtbot.waitUntil(lambda: jobs.is_idle)
    assert told == [*range(20), "lại"]


def test_the_heartbeat_asks_every_question_at_once_and_at_each_tick():
    asked = []
    heartbeat = Heartbeat(lambda: NOW)
    heartbeat.ask(lambda now: asked.append(("backup", now)))
    heartbeat.ask(lambda now: asked.append(("calendar", now)))
    heartbeat.start()
    heartbeat.tick()
    assert asked == [("backup", NOW), ("calendar", NOW)] * 2


def test_a_bug_report_holds_the_place_but_not_what_the_citizen_said(qtbot):
    typed = "Lò Văn Thử 012087000001"
    try:
        int(typed)
    except ValueError as error:
        report = bug_report(error)
        window = crash_window(error)
        qtbot.addWidget(window)
    assert "test_commands.py" in report
    assert "ValueError" in report
    assert typed not in report


def test_a_crash_is_kept_for_the_diagnostics_and_shown(commands, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    try:
        raise ValueError("Vàng Thị Ví Dụ")
    except ValueError as error:
        tell_crash(commands, error, host)

    assert crashes.last(commands.book.home)["errors"][0]["type"] == "ValueError"
    assert host.findChild(QDialog).isVisible()
