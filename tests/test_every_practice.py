"""Every bundled scenario, from its file to what each reader gets: nothing is missing, blank or anybody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html.parser import HTMLParser

import pytest

from roleplay.conduct.opening import seats_for
from roleplay.conduct.rehearse import Rehearsed, rehearse
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.library import library
from roleplay.content.load import check_files, load_bundle
from roleplay.content.scenario import Scenario
from roleplay.report.build import build_report
from roleplay.report.cards import card_deck, render_cards, render_each
from roleplay.report.parts import Report
from roleplay.report.render import formats, render
from roleplay.session.forms import injects_of
from roleplay.session.tasks import tasks
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of, visible
from roleplay.store.sqlite import SqliteStore

FOLDERS = Folders((bundled_folder() / "scenarios",), (bundled_folder() / "rubrics",))
ENTRIES = {entry.id: entry for entry in library(FOLDERS)}
TABLES = 8
"""So many tables, and two people more, make a class."""


def head_counts(scenario: Scenario) -> tuple[int, ...]:
    """The fewest people, those of one usual table, and the most; where tables are added, a class."""
    most = TABLES * scenario.group_size + 2 if scenario.groups else scenario.group_size
    return tuple(sorted({scenario.people_needed, scenario.smallest_table, most}))


@dataclass(frozen=True)
class Played:
    """One rehearsal; every text that somebody wrote has been replaced by a token of its own."""

    done: Rehearsed
    words: dict[str, str]

    def report(self, viewer: Viewer) -> Report:
        """What a reader gets."""
        return build_report(self.done.state, self.words, viewer, self.done.session)

    @cached_property
    def readers(self) -> tuple[Viewer, ...]:
        """The facilitator, the room, and everybody at the first table and at the last; the others sit as those do."""
        tracks = list(self.done.state.tracks.values())
        people = dict.fromkeys((*tracks[0].people, *tracks[-1].people))
        return (FACILITATOR_VIEWER, ROOM, *map(viewer_of, people))


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, int], Played]]:
    """A rehearsal of a scenario by so many people, played once for all tests."""
    store = SqliteStore(tmp_path_factory.mktemp("practices") / "roleplay.db")

    @cache
    def play(id: str, people: int) -> Played:
        done = rehearse(store, load_bundle(id, FOLDERS), seats_for([], people), seed=people)
        names = {person.name.id for person in done.state.people.values()}
        written = {id: f"token{n}end" for n, id in enumerate(done.words)}
        return Played(done, {id: done.words[id] if id in names else token for id, token in written.items()})

    yield play
    store.close()


def _cases() -> list[tuple[str, int]]:
    return [
        (id, people)
        for id, entry in ENTRIES.items()
        if not entry.problems
        for people in head_counts(load_bundle(id, FOLDERS).scenario)
    ]


every_session = pytest.mark.parametrize(("id", "people"), _cases())
every_scenario = pytest.mark.parametrize("id", ENTRIES)


@every_scenario
def test_a_scenario_has_nothing_to_mend(id: str) -> None:
    """`check` says nothing about a bundled scenario and its rubrics, not even a warning."""
    assert [str(problem) for problem in check_files([ENTRIES[id].path], FOLDERS)] == []


@every_session
def test_a_scenario_is_played_to_its_end(id: str, people: int, played: Callable[[str, int], Played]) -> None:
    """Every step is reached in order, all that is asked for is written, and what is timed happens in its time."""
    state = played(id, people).done.state
    assert sum(len(track.people) for track in state.tracks.values()) == people
    for track in state.tracks.values():
        assert [run.step for run in track.runs] == [step.id for step in track.steps]
        assert [task for task in tasks(state, track) if not task.done] == []
        for planned in track.steps:
            items = [(item.id, item.inject.at) for item in injects_of(state.setting, planned)]
            timed = {id for id, at in items if at != "facilitator" and at < planned.length}
            assert set(track.injects.get(planned.id, {})) == timed


class Headings(HTMLParser):
    """The headings of a page under which nothing stands before the next of their level or above."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.empty: list[str] = []
        self._waiting: list[tuple[int, list[str]]] = []
        self._inside: list[str] = []
        self.feed(html)
        self._close(0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self._close(int(tag[1]))
            self._waiting.append((int(tag[1]), []))
        if tag not in ("meta", "br"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not data.strip() or "head" in self._inside:
            return
        if any(re.fullmatch(r"h[1-6]", tag) for tag in self._inside):
            self._waiting[-1][1].append(data)
        else:
            self._waiting = []

    def _close(self, level: int) -> None:
        self.empty += [" ".join(title) for above, title in self._waiting if above >= level]
        self._waiting = [(above, title) for above, title in self._waiting if above < level]


def empty_in_markdown(text: str) -> list[str]:
    """The headings under which nothing stands before the next of their level or above."""
    empty: list[str] = []
    waiting: list[tuple[int, str]] = []
    for line in text.splitlines():
        level = len(line) - len(line.lstrip("#")) if re.match(r"#+ ", line) else 0
        if level:
            empty += [title for above, title in waiting if above >= level]
            waiting = [(above, title) for above, title in waiting if above < level]
            waiting.append((level, line))
        elif line.strip():
            waiting = []
    return [*empty, *(title for _, title in waiting)]


def words_of(bundle: Bundle) -> str:
    """All words of a scenario and its rubrics."""
    return bundle.model_dump_json()


@every_session
def test_every_reader_gets_a_whole_report(id: str, people: int, played: Callable[[str, int], Played]) -> None:
    """In no format is there an empty section, a blank that was not filled in, or a value that is missing."""
    session = played(id, people)
    known = words_of(session.done.state.setting.bundle)
    for viewer in session.readers:
        report = session.report(viewer)
        for format in formats():
            text = render(report, format)
            if format == "json":
                assert Report.model_validate_json(text) == report
                continue
            seen = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
            assert re.findall(r"\{[a-z][a-z0-9-]*\}", seen) == []
            assert [m for m in re.findall(r"\bNone\b[^<|]{0,6}", seen) if m not in known] == []
            assert (Headings(text).empty if format == "html" else empty_in_markdown(text)) == [], viewer


TOKEN = re.compile(r"token\d+end")


@every_session
def test_a_report_holds_only_what_its_reader_may_see(
    id: str, people: int, played: Callable[[str, int], Played]
) -> None:
    """What somebody wrote, a role's card, a fact or an event is in a report only where its reader may see it."""
    session = played(id, people)
    scenario = session.done.state.setting.scenario
    for viewer in session.readers:
        view = visible(session.done.state, viewer)
        may = {token for id in view.texts() for token in TOKEN.findall(session.words[id])}
        report = session.report(viewer)
        data = render(report, "json")
        assert {token for format in formats() for token in TOKEN.findall(render(report, format))} <= may
        cards = {card.text for card in view.cards}
        shown = {fact.fact for card in view.cards for fact in card.hidden}
        shown |= {fact.fact for facts in view.facts for fact in facts.due.facts}
        told = {inject.say for inject in view.injects}
        for case in scenario.cases:
            hidden = [text for text in case.cards.values() if text not in cards]
            hidden += [fact.fact for fact in case.hidden if fact.fact not in shown]
            hidden += [inject.say for inject in case.injects if inject.say not in told]
            assert [text for text in hidden if _as_data(text) in data] == []


@every_session
def test_whoever_is_rated_under_seal_finds_no_rater_and_no_rival_by_name(
    id: str, people: int, played: Callable[[str, int], Played]
) -> None:
    """Apart from who sat where, no rater's name; and of the conversations that others had alone, nothing."""
    session = played(id, people)
    state = session.done.state
    for viewer in session.readers:
        sealed = [form.due for form in visible(state, viewer).forms if form.due.sealed]
        raters = {state.name(due.by, session.words) for due in sealed if due.about == viewer.person != due.by}
        if raters:
            report = session.report(viewer)
            data = render(report.model_copy(update={"tables": ()}), "json")
            assert [name for name in raters if f'"{name}"' in data] == []
            for step in (step for table in report.tables for step in table.steps if step.round):
                assert report.name in {name for line in step.cast for name in line.people}


def _as_data(text: str) -> str:
    return text.replace('"', '\\"').replace("\n", "\\n")


@every_scenario
def test_a_deck_is_enough_to_lead_without_a_program(id: str) -> None:
    """Every card is printed, by role and for named people, with a line where something is filled in by hand."""
    bundle = load_bundle(id, FOLDERS)
    deck = card_deck(bundle)
    for text in (render_cards(deck), *render_each(deck).values()):
        seen = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        assert re.findall(r"\{[a-z][a-z0-9-]*\}", seen) == []
        assert [m for m in re.findall(r"\bNone\b[^<|]{0,6}", seen) if m not in words_of(bundle)] == []
    held = {(card.role, card.case) for hand in deck.hands for round in hand.rounds if (card := round.card)}
    assert len(held) == len(bundle.scenario.roles) * max(1, len(bundle.scenario.cases))
