"""Files of answers are taken in whole: every answer is accounted for, whatever order they come in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from samples import TRIAD, bundle_of

from roleplay.conduct.answer_files import AnswerFile, Written, dump_answers
from roleplay.conduct.clock import HandClock
from roleplay.conduct.drafts import draft_key
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.import_answers import Imported, Sent, still_missing, take_in, texts_in
from roleplay.conduct.opening import open_session, read_session, scenario_of, seats_for
from roleplay.conduct.runner import Runner
from roleplay.planning.build import build_plan
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.state import State
from roleplay.session.tasks import Task, tasks
from roleplay.store.sqlite import SqliteStore

FORM = "form/1.2r1/form/listening/p3/p1"
FORECAST = "form/1.0r1/forecast/listening/p1/p1"
JOURNAL = "journal/2/p3"
GOOD = {
    "reflecting": {"value": 3},
    "silence": {"value": True},
    "questions": {"value": 2},
    "moment": {"text": "A pause."},
}
MINUTE = 60_000


@pytest.fixture(name="runner")
def runner_fixture(store: SqliteStore) -> Iterator[Runner]:
    """Ana, Ben and Chen in a triad, at their first feedback; the program that led it is open."""
    bundle, seats = bundle_of(TRIAD), seats_for(["Ana", "Ben", "Chen"])
    plan = build_plan(bundle.scenario, [seat.id for seat in seats])
    runner = open_session(store, DirectJournal(store), bundle, plan, seats, clock=HandClock())
    runner.do_at_once(c.Start())
    to(runner, "1.2r1")
    yield runner
    runner.close()


def to(runner: Runner, step: str) -> None:
    """Move on until the table is in that step."""
    while (now := runner.state.tracks["t1"].step) is None or now.id != step:
        runner.do_at_once(c.Next())


@pytest.fixture(name="session")
def session_fixture(runner: Runner) -> str:
    """The same, and the program was left."""
    runner.close()
    return runner.session


def form(answers: dict[str, Any] = GOOD, noticed: str = "Something.") -> dict[str, Any]:
    return {"answers": answers, "prompts": {"noticed": noticed}, "share": False}


def file_of(store: SqliteStore, session: str, person: str, answers: dict[str, Any], at: int = MINUTE) -> AnswerFile:
    written = tuple(
        Written(track="t1", key=key, title=f"Title of {key}", at=at, answer=answer) for key, answer in answers.items()
    )
    scenario = scenario_of(store, session)
    return AnswerFile(session=session, scenario=scenario, person=person, name="Whoever", saved=at, answers=written)


def bring(store: SqliteStore, *files: AnswerFile) -> tuple[Imported, ...]:
    return take_in(store, [Sent(f"file {n}", dump_answers(file)) for n, file in enumerate(files, start=1)])


def fates(imported: Sequence[Imported]) -> list[tuple[str, str]]:
    return [(outcome.fate, outcome.why) for one in imported for outcome in one.outcomes]


def newest(state: State, words: dict[str, str]) -> str:
    return words[state.tracks["t1"].forms[FORM.partition("/")[2]][-1].prompts["noticed"].id]


def some_answer(task: Task) -> dict[str, Any]:
    if task.form is not None and task.form.rubric == "listening":
        return form() if task.kind == "form" else {"answers": GOOD}
    if task.form is not None:
        return {"answers": {"heard": {"observed": False}}}
    if task.kind == "facts":
        return {"facts": []}
    return {"text": "A ride."} if task.kind == "learned" else {"answers": {"0": "More pauses."}, "share": True}


def test_everything_that_was_asked_can_come_in_by_file(runner: Runner, store: SqliteStore) -> None:
    """Once for each person; afterwards nothing is missing, and the same files change nothing."""
    to(runner, "2")
    runner.close()
    track = runner.state.tracks["t1"]
    asked: dict[str, dict[str, Any]] = {}
    for task in tasks(runner.state, track):
        if task.kind != "forecast":
            asked.setdefault(task.by, {})[draft_key(task)] = some_answer(task)
    files = [file_of(store, runner.session, person, answers) for person, answers in asked.items()]
    first = bring(store, *files)
    assert set(fates(first)) == {("taken", "")}
    assert {one.name for one in first} == {"Ana", "Ben", "Chen"}
    state, _ = read_session(store, runner.session)
    assert [task for task in tasks(state, state.tracks["t1"]) if not task.done and not task.late] == []
    assert list(still_missing(store, first)) == []
    assert set(fates(bring(store, *files))) == {("same", "")}
    assert read_session(store, runner.session)[0].seq == state.seq
    assert state.now == runner.state.now


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_order_files_come_in_the_newest_counts(
    store: SqliteStore, session: str, order: tuple[int, ...]
) -> None:
    """One by one or all at once, an older file never takes the place of a newer one."""
    files = [file_of(store, session, "p3", {FORM: form(noticed=f"said {n}")}, n * MINUTE) for n in (1, 2, 3)]
    for n in order:
        bring(store, files[n])
    assert newest(*read_session(store, session)) == "said 3"
    assert {fate for fate, _ in fates(bring(store, *files))} == {"older", "same"}


def test_files_that_come_together_are_taken_oldest_first(store: SqliteStore, session: str) -> None:
    """Whatever their names; what is newer is told as a correction, and both versions stay."""
    files = [file_of(store, session, "p3", {FORM: form(noticed=f"said {n}")}, n * MINUTE) for n in (2, 1)]
    assert [fate for fate, _ in fates(bring(store, *files))] == ["corrected", "taken"]
    state, words = read_session(store, session)
    assert newest(state, words) == "said 2"
    assert len(state.tracks["t1"].forms[FORM.partition("/")[2]]) == 2


@pytest.mark.parametrize(
    ("person", "key", "answer", "why"),
    [
        ("p3", FORM, form({**GOOD, "reflecting": {"value": 4}}), "Says back: this level needs evidence"),
        ("p3", FORM, form({"silence": {"value": True}}), "Says back: choose a level, or “not observed”."),
        ("p3", FORM, form({**GOOD, "reflecting": {"value": 9}}), "Says back: choose one of the levels 1, 2, 3, 4."),
        ("p3", FORM, form(noticed=" "), "What did you notice? Write a few words."),
        ("p3", FORM, {"answers": "all good"}, "This answer cannot be read."),
        ("p2", FORM, form(), "Nobody is asked for this: the plan has changed since the page was made."),
        ("p3", "form/9.9r9/form/listening/p3/p1", form(), "Nobody is asked for this"),
        ("p3", JOURNAL, {"answers": {"0": "Early."}}, "A journal is written when its step has begun."),
        ("p3", "form/1.2r2/form/felt-heard/p3/p2", {"answers": {"heard": {"value": 2}}}, "filled in later"),
        ("p1", FORECAST, {"answers": GOOD}, "A forecast is made before the conversation"),
        ("p2", "facts/1.2r1/p2", {"facts": ["nothing"]}, "This case has no such fact."),
    ],
)
def test_what_cannot_be_taken_says_why(
    store: SqliteStore, session: str, person: str, key: str, answer: dict[str, Any], why: str
) -> None:
    """In the words of the rules that hold on a screen; what else stands in the file is taken."""
    good = {f"learned/1.2r1/{person}": {"text": "A ride."}} if person == "p1" else {}
    brought = bring(store, file_of(store, session, person, {key: answer, **good}, at=10**15))
    told = fates(brought)
    assert told[0][0] == "refused"
    assert why in told[0][1]
    assert told[1:] == [("taken", "")] * len(good)
    assert not brought[0].is_well


def test_a_forecast_that_stood_in_time_is_taken_after_the_conversation(store: SqliteStore, session: str) -> None:
    """Where the page fixed it, or where its writer's clock says that it was before."""
    file = file_of(store, session, "p1", {FORECAST: {"answers": GOOD}}, at=10**15)
    fixed = file.model_copy(update={"answers": (file.answers[0].model_copy(update={"fixed": True}),)})
    assert fates(bring(store, file)) != [("taken", "")]
    assert fates(bring(store, fixed)) == [("taken", "")]


def test_what_was_taken_back_does_not_stand_in_the_way(store: SqliteStore, runner: Runner) -> None:
    """A file comes in also where another take of the conversation was begun and taken back."""
    runner.do_at_once(c.Retake())
    runner.do_at_once(c.Undo())
    runner.close()
    file = file_of(store, runner.session, "p1", {FORECAST: {"answers": GOOD}}, at=1)
    assert fates(bring(store, file)) == [("taken", "")]


def test_a_form_that_was_sent_on_the_screen_is_corrected_by_a_file(runner: Runner, store: SqliteStore) -> None:
    """And one that says the same is there already."""
    bring_by_screen = {"heard": {"value": 2}}
    key = "form/1.2r1/form/felt-heard/p2/p1"
    runner.close()
    first = file_of(store, runner.session, "p2", {key: {"answers": bring_by_screen}}, at=1)
    assert fates(bring(store, first)) == [("taken", "")]
    same = file_of(store, runner.session, "p2", {key: {"answers": bring_by_screen}}, at=2)
    assert fates(bring(store, same)) == [("same", "")]
    other = file_of(store, runner.session, "p2", {key: {"answers": {"heard": {"observed": False}}}}, at=3)
    assert fates(bring(store, other)) == [("corrected", "")]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"session": "2020-01-01-elsewhere-abcd"}, "It is of a session that is not on this computer."),
        ({"scenario": "0" * 64}, "It was made for another version of this session."),
        ({"person": "p9"}, "It is of somebody who is not in this session."),
        ({"format": 2}, "It was saved by a page of a newer program."),
    ],
)
def test_a_file_that_does_not_belong_here_is_named(
    store: SqliteStore, session: str, changed: dict[str, Any], why: str
) -> None:
    """Nothing is taken from it, and the others are taken all the same."""
    good = file_of(store, session, "p3", {FORM: form()})
    wrong, right = bring(store, good.model_copy(update=changed), good)
    assert wrong.problem == why
    assert wrong.outcomes == ()
    assert fates([right]) == [("taken", "")]


def test_while_the_program_holds_the_session_nothing_is_lost(runner: Runner, store: SqliteStore) -> None:
    """It is said how to go on; once the session was left, the same file is taken."""
    file = file_of(store, runner.session, "p3", {FORM: form()})
    [held] = bring(store, file)
    assert held.problem == "Its session is open in the program right now."
    assert "roleplay resume" in held.mend
    runner.close()
    assert fates(bring(store, file)) == [("taken", "")]


def test_who_has_not_sent_everything_is_named(store: SqliteStore, session: str) -> None:
    """With how many things are missing."""
    brought = bring(store, file_of(store, session, "p3", {FORM: form()}))
    assert list(still_missing(store, brought)) == ["Not in yet: Ben (2), Ana (1)."]


def test_files_come_from_folders_and_from_what_is_pasted(tmp_path: Path) -> None:
    """Of a folder, all that may be answers, in the order of their names; pasted, each text between its lines."""
    for name in ("b.json", "a.TXT", "picture.png"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf{}")
    pasted = io.StringIO("BEGIN ROLEPLAY ANSWERS\nx\nEND ROLEPLAY ANSWERS\n, BEGIN ROLEPLAY ANSWERS\ny")
    found = list(texts_in([str(tmp_path), str(tmp_path / "b.json"), "-"], pasted))
    assert [one.label for one in found] == [
        "a.TXT",
        "b.json",
        str(tmp_path / "b.json"),
        "pasted, 1 of 2",
        "pasted, 2 of 2",
    ]
    assert [one.stays for one in found] == [True, True, True, False, False]
    assert found[0].text == "{}"
    with pytest.raises(CommandProblem, match="There is no file"):
        list(texts_in([str(tmp_path / "none.json")], pasted))
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandProblem, match="has no files of answers"):
        list(texts_in([str(tmp_path / "empty")], pasted))


def test_what_was_tapped_comes_in_before_what_rests_on_it(store: SqliteStore, session: str) -> None:
    """With its times; a sheet that is corrected keeps the marks that stayed, and the form rests on them as before."""
    one = {"tap": "aa", "marker": "names-feeling", "into": 72}
    two = {"tap": "bb", "marker": "solves", "into": None}
    rests = form({**GOOD, "reflecting": {"value": 4, "taps": ["aa"]}})
    marks = "marks/1.1r1/p3/p1"
    assert fates(bring(store, file_of(store, session, "p3", {FORM: rests, marks: {"taps": [one, two]}}))) == [
        ("taken", ""),
        ("taken", ""),
    ]
    later = file_of(store, session, "p3", {FORM: rests, marks: {"taps": [one]}}, at=2 * MINUTE)
    assert [fate for fate, _ in fates(bring(store, later))] == ["corrected", "same"]
    state, _ = read_session(store, session)
    standing = state.tracks["t1"].standing_marks()
    assert [(mark.marker, mark.into, mark.on_paper) for mark in standing] == [("names-feeling", 72, True)]
    stranger = file_of(store, session, "p2", {"marks/1.1r1/p2/p1": {"taps": [one]}})
    assert fates(bring(store, stranger))[0][0] == "refused"


def test_files_come_in_after_the_session_was_closed(runner: Runner, store: SqliteStore) -> None:
    """Journals and forms as well; of a step that never began, the file says so."""
    to(runner, "2")
    runner.do_at_once(c.End())
    runner.close()
    late = {FORM: form(), JOURNAL: {"answers": {"0": "Pauses."}}}
    assert fates(bring(store, file_of(store, runner.session, "p3", late))) == [("taken", ""), ("taken", "")]
    state, _ = read_session(store, runner.session)
    assert state.ended is not None
    assert state.now == state.ended
