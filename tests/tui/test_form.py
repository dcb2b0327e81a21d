from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from private_table import SMALL, TALL, Table, a_table, text_of
from samples import TRIAD, bundle_of
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from roleplay.content.rubric import Rubric
from roleplay.content.scales import Scale
from roleplay.session.commands import TakeBackMarker
from roleplay.store.protocol import StoreProblem
from roleplay.tui.screens.asked import screen_for
from roleplay.tui.screens.form import REVIEW, FormScreen
from roleplay.tui.screens.private import PrivateScreen
from roleplay.tui.widgets.answers import INPUTS
from roleplay.tui.widgets.prompts import WORDS
from roleplay.tui.widgets.rows import Rows


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with a_table(tmp_path) as opened:
        yield opened


@pytest.fixture
def played(table: Table) -> Table:
    """The first conversation is over; Chen tapped two moments about Ana, one about Ben, and Ben is none the wiser."""
    table.go_to("play")
    table.tap("names-feeling", 75)
    table.tap("jumps-to-fix", 130)
    table.tap("open-question", 140, about="p2")
    table.go_to("feedback")
    return table


def listening(table: Table) -> FormScreen:
    screen = screen_for(table.runner, table.task("form", "listening"))
    assert isinstance(screen, FormScreen)
    return screen


def felt_heard(table: Table) -> PrivateScreen:
    return screen_for(table.runner, table.task("form", "felt-heard"))


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Keys one after the other, and what they lead to painted."""
    await pilot.press(*keys)
    await pilot.pause()


async def until(pilot: Pilot[Any], so: Callable[[], bool]) -> None:
    """Wait until something that happens by itself has happened."""
    async with asyncio.timeout(20):
        while not so():
            await pilot.pause(0.01)


async def test_a_whole_form_reaches_the_journal_as_it_was_answered(played: Table) -> None:
    """Levels, "not observed", a moment as evidence, a quote and the open answers arrive; its draft is gone."""
    async with played.look_at(lambda: listening(played)) as (pilot, _):
        await press(pilot, "3", "right", "n", "right", "4", "tab", "space", "right", "2", "right")
        await press(pilot, "1", "tab", "tab", *"what if we", "ctrl+n", "2", "right")
        await press(pilot, *"You waited", "tab", "tab", *"Wait", "tab", "space", "ctrl+s", "ctrl+s")
    [event] = played.events("form-sent")
    said = {id: (a.observed, a.value, a.taps, a.quote and played.words(a.quote)) for id, a in event.answers.items()}
    assert said == {
        "attending": (True, 3, (), None),
        "questioning": (False, None, (), None),
        "reflecting": (True, 4, ("tap-75",), None),
        "de-escalating": (True, 2, (), None),
        "not-fixing": (True, 1, (), "what if we"),
        "not-defending": (True, 2, (), None),
    }
    assert {id: played.words(ref) for id, ref in event.prompts.items()} == {"strength": "You waited", "turn": "Wait"}
    assert event.share
    assert played.drafts == {}


async def test_a_form_can_be_filled_in_with_the_mouse(played: Table) -> None:
    """Rows, buttons and the list before sending all answer to clicks; nothing is shared unless it is ticked."""
    async with played.look_at(lambda: felt_heard(played)) as (pilot, screen):
        for number in range(4):
            rows = screen.query_one(f"#page-{number} Rows", Rows)
            await pilot.click(rows.query("RowView")[number])
            await pilot.pause()
            await pilot.click("#next")
            await pilot.pause()
        await pilot.click("#next")
        await pilot.pause()
        await pilot.click("#overview RowView")
        await pilot.pause()
        await press(pilot, "n", "ctrl+s")
        await pilot.click("#send")
        await pilot.pause()
    [event] = played.events("form-sent")
    values = [(a.observed, a.value) for a in event.answers.values()]
    assert values == [(False, None), (True, 2), (True, 3), (True, 4)]
    assert not event.share


async def test_what_is_missing_is_said_by_name(played: Table) -> None:
    """Before sending each page says what it still waits for, and sending leads to the first of them."""
    async with played.look_at(lambda: felt_heard(played)) as (pilot, screen):
        await press(pilot, "2", "ctrl+s")
        lines = [line for line in text_of(pilot.app).splitlines() if "still to answer" in line]
        assert [line.strip(" ·").split("  ")[0] for line in lines] == [
            "I felt cared for",
            "I felt respected",
            "I would come back",
        ]
        await press(pilot, "ctrl+s")
        assert isinstance(screen, FormScreen)
        assert screen.page == "page-1"
        assert "I felt cared for: choose a level" in text_of(pilot.app)
        await press(pilot, "3")
        assert "choose a level" not in text_of(pilot.app)
    assert played.events("form-sent") == []


async def test_sending_leads_to_the_open_question_that_waits(tmp_path: Path) -> None:
    """However far down the page it is: the next letter typed belongs to it, and it is in sight."""
    prompts = [{"id": f"q{n}", "ask": f"Question {n}?", "optional": n != 7} for n in range(8)]
    rubric = {"format": 1, "title": "Many", "scale": {"kind": "text"}, "prompts": prompts}
    bundle = bundle_of(TRIAD)
    bundle = bundle.model_copy(update={"rubrics": bundle.rubrics | {"listening": Rubric.model_validate(rubric)}})
    with a_table(tmp_path, bundle) as table:
        table.go_to("feedback")
        async with table.look_at(lambda: listening(table)) as (pilot, screen):
            await press(pilot, *"first", "ctrl+s", "ctrl+s")
            await until(pilot, lambda: screen.focused is screen.query_one("#prompt-q7"))
            await press(pilot, *"last")
            assert "last" in text_of(pilot.app)
            await press(pilot, "ctrl+s", "ctrl+s")
        [event] = table.events("form-sent")
        assert {id: table.words(ref) for id, ref in event.prompts.items()} == {"q0": "first", "q7": "last"}


async def test_evidence_is_asked_for_where_the_rubric_needs_it(played: Table) -> None:
    """The screen says so while one chooses, only for the levels that need it, and nothing is sent without it."""
    async with played.look_at(lambda: listening(played)) as (pilot, screen):
        assert isinstance(screen, FormScreen)
        await press(pilot, "2", "right", "2", "right")
        for level, needed in (("3", False), ("1", True), ("4", True), ("2", False), ("4", True)):
            await press(pilot, level)
            assert ("This level needs evidence" in text_of(pilot.app)) == needed
        await press(pilot, "right", "2", "right", "2", "right", "2", "ctrl+s", "ctrl+s")
        assert screen.page == "page-2"
        assert "Says back feeling and meaning: this level needs evidence" in text_of(pilot.app)
        await press(pilot, "n")
        assert "vidence" not in text_of(pilot.app)


async def test_moments_about_this_person_are_offered(played: Table) -> None:
    """The observer finds the own taps about the leader, those of the criterion first, and none about the parent."""
    async with played.look_at(lambda: listening(played)) as (pilot, _):
        await press(pilot, "right", "right")
        shown = text_of(pilot.app)
        assert shown.index("01:15  Names the feeling") < shown.index("02:10  Solves: jumps to a fix")
        assert "02:20" not in shown
        await press(pilot, "right", "right")
        shown = text_of(pilot.app)
        assert shown.index("02:10  Solves: jumps to a fix") < shown.index("01:15  Names the feeling")


async def test_moments_that_the_writer_may_not_see_are_not_offered(tmp_path: Path) -> None:
    """Where the parent fills in the observer's rubric, what the observer tapped stays the observer's."""
    script = [
        {"name": "Talk", "kind": "play", "length": "5m", "markers": "listening"},
        {
            "name": "Feedback",
            "kind": "feedback",
            "length": "4m",
            "forms": [{"rubric": "listening", "by": by, "about": "leader"} for by in ("observer", "parent")],
        },
    ]
    with a_table(tmp_path, bundle_of(TRIAD, script=script)) as table:
        table.go_to("play")
        table.tap("names-feeling", 75)
        table.go_to("feedback")
        async with table.look_at(lambda: listening(table)) as (pilot, _):
            assert text_of(pilot.app).strip().startswith("Ben ·")
            assert "Evidence, if you like: write the words you heard." in text_of(pilot.app)
            assert "01:15" not in text_of(pilot.app)


async def test_a_moment_that_was_taken_back_is_said_to_be_gone(played: Table) -> None:
    """A draft that leans on it is refused kindly, at its criterion, until other evidence is given."""
    async with played.look_at(lambda: listening(played)) as (pilot, _):
        await press(pilot, "2", "right", "2", "right", "4", "tab", "space")
        await press(pilot, "right", "2", "right", "2", "right", "2", "escape")
    played.runner.do_at_once(TakeBackMarker("t1", "tap-75"))
    async with played.look_at(lambda: listening(played)) as (pilot, screen):
        assert isinstance(screen, FormScreen)
        await press(pilot, "ctrl+s", "ctrl+s")
        assert screen.page == "page-2"
        assert "a marker given as evidence was taken back" in text_of(pilot.app)


async def test_a_draft_is_on_the_disk_while_one_still_writes(played: Table) -> None:
    """Without leaving or sending, what was typed is kept, and a new app on the reopened session shows it again."""
    async with played.look_at(lambda: felt_heard(played)) as (pilot, screen):
        await press(pilot, "4", "right", "1")
        assert isinstance(screen, FormScreen)
        screen.turn_to(WORDS)
        await press(pilot, *"A pause, 日本 שלום")
        await until(pilot, lambda: "A pause, 日本 שלום" in "".join(played.drafts.values()))
        await until(pilot, lambda: "saved" in text_of(pilot.app).splitlines()[0])
    played.reopen()
    async with played.look_at(lambda: felt_heard(played)) as (pilot, screen):
        assert isinstance(screen, FormScreen)
        assert screen.page == "page-2", "the first one without an answer"
        await press(pilot, "left")
        assert "● 1 · No" in text_of(pilot.app)
        await press(pilot, "left")
        assert "● 4 · Yes, fully" in text_of(pilot.app)
        screen.turn_to(WORDS)
        await pilot.pause()
        assert screen.query(TextArea).first().text == "A pause, 日本 שלום"


async def test_leaving_keeps_the_last_letter(played: Table) -> None:
    """Escape at once after the last key, or the end of the program, loses nothing."""
    async with played.look_at(lambda: felt_heard(played)) as (pilot, _):
        await press(pilot, "2", "escape")
    assert json.loads(next(iter(played.drafts.values())))["answers"]["heard"]["value"] == 2
    async with played.look_at(lambda: felt_heard(played)) as (pilot, _):
        await press(pilot, "left", "3")
        pilot.app.exit()
    played.writer.close()
    assert '"value":3' in "".join(played.drafts.values())


async def test_where_a_draft_cannot_be_kept_one_is_told_and_can_still_leave(
    played: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is said in words, once; leaving again goes without the last words."""

    def full(session: str, key: str, body: str) -> Any:
        failed: Any = played.writer._ask(
            lambda _: (_ for _ in ()).throw(StoreProblem("The disk is full.", "Make room."))
        )
        return failed

    async with played.look_at(lambda: felt_heard(played)) as (pilot, screen):
        monkeypatch.setattr(played.writer, "save_draft", full)
        await press(pilot, "2", "escape")
        assert "The disk is full. Make room." in text_of(pilot.app)
        assert "not saved" in text_of(pilot.app)
        await press(pilot, "escape")
        assert pilot.app.screen is not screen


async def test_a_sent_form_can_be_corrected_and_both_versions_stay(played: Table) -> None:
    """Reopening shows what was sent; the correction is a second version with the evidence and words that were kept."""
    async with played.look_at(lambda: listening(played)) as (pilot, _):
        await press(pilot, "2", "right", "2", "right", "4", "tab", "space")
        await press(pilot, "right", "2", "right", "2", "right", "2", "right", *"Warm", "ctrl+s", "ctrl+s")
    async with played.look_at(lambda: listening(played)) as (pilot, screen):
        assert isinstance(screen, FormScreen)
        assert screen.page == REVIEW
        assert "Send correction" in text_of(pilot.app)
        assert "4 · Strong · 1 moment" in text_of(pilot.app)
        await press(pilot, "up", "left")
        assert screen.page == WORDS
        await press(pilot, "ctrl+n", "enter")
        assert screen.page == "page-0", "enter alone looks at what was sent, and sends nothing"
        await press(pilot, "3", "ctrl+s", "ctrl+s")
    first, second = played.events("form-sent")
    assert (first.answers["attending"].value, second.answers["attending"].value) == (2, 3)
    assert second.answers["reflecting"].taps == ("tap-75",)
    assert played.words(second.prompts["strength"]) == "Warm"
    assert [sent.version for sent in played.track.forms[second.form]] == [1, 2]


async def test_keys_that_come_faster_than_the_screen_follows_are_all_counted(played: Table) -> None:
    """Answers, words and the wish to send in one burst: what was pressed last is what is sent, and no draft is left."""
    async with played.look_at(lambda: felt_heard(played)) as (pilot, _):
        await press(pilot, "2", "right", "2", "right", "2", "right")
        for key in ("1", "2", "3", "4", "ctrl+s", "ctrl+s"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert [answer.value for answer in played.events("form-sent")[0].answers.values()] == [2, 2, 2, 4]
    assert played.drafts == {}


async def test_a_forecast_asks_for_levels_alone(table: Table) -> None:
    """Choosing leads on to the next page; there is no evidence, no open question, nothing to share."""
    table.go_to("prepare")
    async with table.look_at(lambda: screen_for(table.runner, table.task("forecast"))) as (pilot, screen):
        assert isinstance(screen, FormScreen)
        assert "How do you think it will go?" in text_of(pilot.app)
        assert WORDS not in screen.pages
        for key in ("1", "2", "4", "n", "4"):
            assert "vidence" not in text_of(pilot.app)
            await press(pilot, key)
        await pilot.click("#page-5 RowView")
        await pilot.pause()
        assert screen.page == REVIEW
        await press(pilot, "ctrl+s")
    [event] = table.events("form-sent")
    assert [answer.value for answer in event.answers.values()] == [1, 2, 4, None, 4, 1]
    assert event.prompts == {}


async def test_a_forecast_given_in_six_keys_can_be_sent_at_once(table: Table) -> None:
    """The level that leads on to the last page stands there already; nobody is told that a page still waits."""
    table.go_to("prepare")
    async with table.look_at(lambda: screen_for(table.runner, table.task("forecast")), SMALL) as (pilot, _):
        await press(pilot, *"123412")
        assert "Everything is answered." in text_of(pilot.app)
        assert "still to answer" not in text_of(pilot.app)


async def test_a_forecast_after_the_conversation_is_refused_in_words(table: Table) -> None:
    """The sentence of the rules stands on the screen, and nothing is sent."""
    table.go_to("prepare")
    forecast = table.task("forecast")
    table.go_to("feedback")
    async with table.look_at(lambda: screen_for(table.runner, forecast)) as (pilot, _):
        await press(pilot, *"333333", "ctrl+s")
        assert "A forecast is made before the conversation" in text_of(pilot.app)
    assert table.events("form-sent") == []


async def test_every_scale_can_be_answered_and_arrives(tmp_path: Path) -> None:
    """Each kind of scale has an input; a level, a tick, a count and words come back from the journal as typed in."""
    kinds = {scale.model_fields["kind"].annotation for scale in get_args(get_args(Scale)[0])}
    assert {get_args(kind)[0] for kind in kinds} == set(INPUTS)
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        table.go_to("feedback")
        for first in (True, False):
            async with table.look_at(lambda: listening(table)) as (pilot, screen):
                assert isinstance(screen, FormScreen)
                screen.turn_to("page-0")
                await press(pilot, "2", "right", "1" if first else "2", "ctrl+n")
                await pilot.click("#page-2 #more")
                await press(pilot, *("ctrl+n", *"One sip", "ctrl+n", *"Calm", "ctrl+s", "ctrl+s"))
        forms = table.events("form-sent")
        assert [[a.value for a in form.answers.values()] for form in forms] == [
            [2, True, 1, None],
            [2, False, 2, None],
        ]
        assert table.words(forms[0].answers["moment"].text) == "One sip"


async def test_a_number_typed_at_once_is_the_answer(tmp_path: Path) -> None:
    """Who comes to a page that asks how often types the number, without a look for the field."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        table.go_to("feedback")
        async with table.look_at(lambda: listening(table)) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            await press(pilot, "2", "right", "1", "ctrl+n", "1", "2", "ctrl+n")
            assert screen.draft.answers["questions"].value == 12


async def test_every_scale_can_be_left_unobserved_and_taken_up_again(tmp_path: Path) -> None:
    """ "Not observed" is one key or one row away on every scale; it has no value, and a second look can undo it."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        table.go_to("feedback")
        async with table.look_at(lambda: listening(table)) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            await press(pilot, "n", "right", "0", "right")
            number = screen.query_one("#page-2 Input", Input)
            number.value = "7"
            for page in ("page-2", "page-3"):
                screen.turn_to(page)
                await pilot.pause()
                await pilot.click(f"#{page} RowView")
                await pilot.pause()
            assert {a.observed for a in screen.draft.answers.values()} == {False}
            assert len(screen.draft.answers) == 4
            number.value = ""
            await pilot.pause()
            assert not screen.draft.answers["questions"].observed, "an emptied field is no answer to take up"
            number.value = "7"
            await pilot.pause()
            assert screen.draft.answers["questions"].value == 7
            words = screen.query_one("#page-3 TextArea", TextArea)
            words.text = "Calm"
            await pilot.pause()
            await pilot.click("#page-3 RowView")
            await pilot.pause()
            assert not screen.draft.answers["moment"].observed
            await pilot.click("#page-3 RowView")
            await pilot.pause()
            assert screen.draft.answers["moment"].text == "Calm"
            number.value = words.text = ""
            await pilot.pause()
            assert set(screen.draft.answers) == {"reflecting", "silence"}


@pytest.mark.parametrize("size", [SMALL, TALL])
async def test_all_levels_stand_side_by_side_with_what_they_look_like(played: Table, size: tuple[int, int]) -> None:
    """On every page of the bundled forms no level and no word of it lies outside the screen."""
    for make_screen in (lambda: listening(played), lambda: felt_heard(played)):
        async with played.look_at(make_screen, size) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            for number, criterion in enumerate(screen.rubric.criteria):
                screen.turn_to(f"page-{number}")
                await pilot.pause()
                shown = " ".join(text_of(pilot.app).split())
                assert criterion.title in shown
                rows = screen.query_one(f"#page-{number} AnswerInput Rows")
                assert screen.query_one("ContentSwitcher").region.contains_region(rows.region)
                words = " ".join([*criterion.levels.values(), "Not observed"]).split()
                assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize("size", [SMALL, TALL])
async def test_long_wide_and_right_to_left_words_do_not_break_a_form(tmp_path: Path, size: tuple[int, int]) -> None:
    """A rubric with the longest words allowed, in any script, with brackets, is answered and sent on any screen."""
    words = ("[b]" + "very long " * 29, "田" * 290, "שלום עולם " * 29, "🙂" * 100)
    rubric = {
        "format": 1,
        "title": words[0],
        "about": "田 " * 800,
        "scale": {"kind": "levels", "levels": dict(enumerate(words))},
        "criteria": [
            {"id": f"c{n}", "title": word, "about": word, "look_for": words, "levels": {0: word, 3: word}}
            for n, word in enumerate(words)
        ],
        "markers": [],
        "prompts": [{"id": f"p{n}", "ask": word} for n, word in enumerate(words)],
    }
    bundle = bundle_of(TRIAD)
    bundle = bundle.model_copy(update={"rubrics": bundle.rubrics | {"listening": Rubric.model_validate(rubric)}})
    with a_table(tmp_path, bundle, ("田" * 60, "[red]Ben", "שָׁלוֹם")) as table:
        table.go_to("feedback")
        async with table.look_at(lambda: listening(table), size) as (pilot, _):
            await press(pilot, "0", "right", "1", "right", "2", "right", "n", "right", *"田[/b]ש", "ctrl+s", "ctrl+s")
        [event] = table.events("form-sent")
        assert [(a.observed, a.value) for a in event.answers.values()] == [
            (True, 0),
            (True, 1),
            (True, 2),
            (False, None),
        ]
        assert [table.words(ref) for ref in event.prompts.values()] == ["田[/b]ש"]
