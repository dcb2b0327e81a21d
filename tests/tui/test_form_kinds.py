"""Forms of every shape: maps in rows, statements, levels from zero, words alone; and who is told who will read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from private_table import SMALL, TALL, Table, a_table, text_of
from samples import LISTENING, TRIAD, bundle_of
from textual.pilot import Pilot
from textual.widgets import TextArea

from roleplay.content.rubric import Rubric
from roleplay.session.commands import Next, Retake
from roleplay.tui.screens.asked import screen_for
from roleplay.tui.screens.form import REVIEW, FormScreen
from roleplay.tui.widgets.prompts import WORDS

MAP: dict[str, Any] = {
    "format": 1,
    "title": "Map",
    "about": "Line by line.",
    "scale": {"kind": "text"},
    "rows": 3,
    "criteria": [
        {"id": "want", "title": "What I want", "about": "Begin with I want."},
        {"id": "do", "title": "What I do", "look_for": ["Acts"]},
        {"id": "sure", "title": "How sure", "scale": {"kind": "agreement", "levels": {0: "No", 1: "Yes"}}},
    ],
    "prompts": [{"id": "keep", "ask": "What do you keep?"}],
}
STATEMENTS: dict[str, Any] = {
    "format": 1,
    "title": "How I am",
    "scale": {"kind": "agreement", "levels": {0: "Not at all", 1: "A little", 2: "Partly", 3: "Completely"}},
    "criteria": [
        {"id": f"c{n}", "title": f"{n} is a statement that takes a whole long line of words to say on a small screen"}
        for n in range(3)
    ],
}
LEVELS: dict[str, Any] = {
    "format": 1,
    "title": "From nothing",
    "scale": {"kind": "levels", "levels": {0: "Nothing", 1: "Something"}},
    "criteria": [{"id": "c", "title": "Seen", "levels": {0: "None of it", 1: "Some of it"}}],
}
WORDS_ALONE: dict[str, Any] = {
    "format": 1,
    "title": "In words",
    "scale": {"kind": "text"},
    "prompts": [{"id": "first", "ask": "First?", "optional": False}, {"id": "then", "ask": "Then?"}],
}


@contextmanager
def asking(folder: Path, rubric: dict[str, Any], **request: Any) -> Iterator[Table]:
    """Ana is asked to fill in this rubric about herself, unless the request says otherwise; the talk is over."""
    asked = {"rubric": "listening", "by": "leader", "about": "self"} | request
    script = [
        {"name": "Talk", "kind": "play", "length": "5m", "markers": "listening"},
        {"name": "Feedback", "kind": "feedback", "length": "4m", "forms": [asked]},
    ]
    markers = {} if "markers" in rubric else {"markers": LISTENING["markers"][1:]}
    bundle = bundle_of(TRIAD, script=script)
    bundle = bundle.model_copy(
        update={"rubrics": bundle.rubrics | {"listening": Rubric.model_validate(rubric | markers)}}
    )
    with a_table(folder, bundle) as table:
        table.go_to("feedback")
        yield table


def form(table: Table) -> FormScreen:
    screen = screen_for(table.runner, table.task("form", "listening"))
    assert isinstance(screen, FormScreen)
    return screen


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_a_map_is_filled_in_row_by_row_and_only_the_first_is_asked(tmp_path: Path) -> None:
    """All cells of a row stand on one page, the first row with what they mean; the others may stay empty and say so."""
    with asking(tmp_path, MAP) as table:
        async with table.look_at(lambda: form(table)) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            assert screen.pages == ["row-1", "row-2", "row-3", WORDS, REVIEW]
            shown = text_of(pilot.app)
            first = ("Row 1 of 3", "1 of 3 · What I want", "Begin with I want.", "Look for: Acts", "3 of 3 · How sure")
            assert [words for words in first if words not in shown] == []
            assert "may stay empty" not in shown
            await press(pilot, *"Rest", "tab", "tab", *"Work", "tab", "tab", "0", "ctrl+n")
            shown = text_of(pilot.app)
            assert "Row 2 of 3 · may stay empty" in shown
            assert "Begin with" not in shown
            await press(pilot, "ctrl+n", "ctrl+n", "ctrl+n")
            assert "Everything is answered." in text_of(pilot.app)
            assert text_of(pilot.app).count("left empty") == 2
            await press(pilot, "ctrl+s")
        [sent] = table.events("form-sent")
        assert set(sent.answers) == {"want", "do", "sure"}
        assert sent.answers["sure"].value == 0
        assert table.words(sent.answers["do"].text) == "Work"


async def test_a_row_that_is_begun_is_asked_in_full_or_cleared(tmp_path: Path) -> None:
    """The look before sending names the cell that is missing; clearing the row takes all its words away."""
    with asking(tmp_path, MAP) as table:
        async with table.look_at(lambda: form(table), SMALL) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            await press(pilot, *"Rest", "tab", "tab", *"Work", "tab", "tab", "1", "ctrl+n")
            assert not screen.query_one("#row-2 .clear").display
            await press(pilot, *"Sleep", "ctrl+n", "ctrl+n", "ctrl+n")
            assert "Not ready to send: 1 page waits for you." in text_of(pilot.app)
            assert "What I do: still to answer" in text_of(pilot.app)
            await press(pilot, "ctrl+s")
            assert table.events("form-sent") == []
            assert "Row 2 is begun: fill it in, or clear it." in text_of(pilot.app)
            assert screen.page == "row-2"
            assert screen.query_one("#row-2 .clear").display
            screen.query_one("#row-2 .clear").scroll_visible(animate=False)
            await pilot.pause()
            await pilot.click("#row-2 .clear")
            await pilot.pause()
            assert set(screen.draft.answers) == {"want", "do", "sure"}
            assert screen.query("#row-2 TextArea").first(TextArea).text == ""
            await press(pilot, "ctrl+s", "ctrl+s")
        assert len(table.events("form-sent")) == 1


async def test_later_rows_come_back_as_they_were_sent(tmp_path: Path) -> None:
    """A correction opens with every row in its place."""
    with asking(tmp_path, MAP) as table:
        async with table.look_at(lambda: form(table)) as (pilot, _):
            await press(pilot, *"Rest", "tab", "tab", *"Work", "tab", "tab", "1", "ctrl+n")
            await press(pilot, *"Sleep", "tab", "tab", *"Read", "tab", "tab", "0", "ctrl+s", "ctrl+s")
        async with table.look_at(lambda: form(table)) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            screen.turn_to("row-2")
            await pilot.pause()
            assert [area.text for area in screen.query("#row-2 TextArea").results(TextArea)][:2] == ["Sleep", "Read"]
            assert "● 0 · No" in text_of(pilot.app)
            screen.query_one("#row-2 .clear").scroll_visible(animate=False)
            await pilot.pause()
            await pilot.click("#row-2 .clear")
            await pilot.pause()
            assert [area.text for area in screen.query("#row-2 TextArea").results(TextArea)][:2] == ["", ""]


@pytest.mark.parametrize("size", [SMALL, TALL])
async def test_a_statement_stands_with_the_words_of_all_its_levels(tmp_path: Path, size: tuple[int, int]) -> None:
    """A number answers it and leads on to the next one; zero is a level like any other."""
    with asking(tmp_path, STATEMENTS) as table:
        async with table.look_at(lambda: form(table), size) as (pilot, screen):
            shown = " ".join(text_of(pilot.app).split())
            assert "0 is a statement that takes a whole long line of words to say on a small screen" in shown
            for words in ("0 · Not at all", "1 · A little", "2 · Partly", "3 · Completely", "n · Leave this out"):
                assert words in shown
            await press(pilot, "0", "3", "n")
            assert isinstance(screen, FormScreen)
            assert screen.page == REVIEW
            assert "Everything is answered." in text_of(pilot.app)
            assert "left out" in text_of(pilot.app)
            await press(pilot, "ctrl+s")
        [sent] = table.events("form-sent")
        assert [(a.observed, a.value) for a in sent.answers.values()] == [(True, 0), (True, 3), (False, None)]


async def test_level_zero_is_an_answer_and_stands_with_what_it_looks_like(tmp_path: Path) -> None:
    """The key 0 means it, and no longer "not observed"; about somebody else nobody leaves anything out."""
    with asking(tmp_path, LEVELS, by="observer", about="leader") as table:
        async with table.look_at(lambda: form(table)) as (pilot, screen):
            assert "None of it" in text_of(pilot.app)
            assert "n · Not observed" in text_of(pilot.app)
            assert isinstance(screen, FormScreen)
            await press(pilot, "0")
            assert (screen.draft.answers["c"].observed, screen.draft.answers["c"].value) == (True, 0)
            assert "● 0 · Nothing" in text_of(pilot.app)
            await press(pilot, "right")
            assert "0 · Nothing" in text_of(pilot.app)


async def test_a_form_of_words_alone_takes_long_ones(tmp_path: Path) -> None:
    """It begins with its questions, and its field scrolls once it is full."""
    with asking(tmp_path, WORDS_ALONE) as table:
        async with table.look_at(lambda: form(table), SMALL) as (pilot, screen):
            assert isinstance(screen, FormScreen)
            assert screen.pages == [WORDS, REVIEW]
            assert text_of(pilot.app).index("In your own words") < text_of(pilot.app).index("First?")
            screen.query(TextArea).first().text = "\n".join(f"line {n}" for n in range(40))
            await pilot.pause()
            screen.query(TextArea).first().move_cursor((39, 7))
            await press(pilot, "!", "ctrl+s", "ctrl+s")
        [sent] = table.events("form-sent")
        assert table.words(sent.prompts["first"]).endswith("line 39!")


async def test_a_form_opens_at_its_top(tmp_path: Path) -> None:
    """Also where its first field lies so deep that it could pull the page down."""
    long = {**MAP, "about": "A line about it. " * 20}
    with asking(tmp_path, long) as table:
        async with table.look_at(lambda: form(table), SMALL) as (pilot, screen):
            await pilot.pause()
            assert screen.query_one("#row-1").scroll_y == 0


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        ({}, "The facilitator will be able to read it."),
        ({"private": True}, "Nobody but you can read this, also not the facilitator."),
        ({"carry": "plan"}, "Everybody at this table can read it, and the facilitator. It is kept for your next"),
        ({"carry": "notes", "private": True}, "also not the facilitator. It is kept for your next session."),
        ({"by": "observer", "about": "leader"}, "Ana and the facilitator will be able to read it."),
        (
            {"by": "observer", "about": "leader", "sealed": True},
            "Then those who wrote one can, and the facilitator; Ana once the session is closed.",
        ),
    ],
)
async def test_the_writer_is_told_who_will_read_it(tmp_path: Path, request_: dict[str, Any], told: str) -> None:
    """On the page from which it is sent."""
    with asking(tmp_path, WORDS_ALONE, **request_) as table:
        async with table.look_at(lambda: form(table)) as (pilot, _):
            await press(pilot, "ctrl+n")
            assert told in " ".join(text_of(pilot.app).split())


@pytest.mark.parametrize(("request_", "asked"), [({"by": "observer", "about": "leader"}, True), ({}, False)])
async def test_words_that_can_never_be_quoted_are_not_asked_for(
    tmp_path: Path, request_: dict[str, Any], asked: bool
) -> None:
    """There is a tick to share words about somebody else, and none to share words about oneself."""
    with asking(tmp_path, WORDS_ALONE, **request_) as table:
        async with table.look_at(lambda: form(table)) as (pilot, _):
            assert ("may be quoted" in text_of(pilot.app)) is asked


async def test_only_moments_of_the_last_take_are_offered_as_evidence(tmp_path: Path) -> None:
    """What was marked in take 1 belongs to the form on take 1."""
    with asking(tmp_path, LISTENING, by="observer", about="leader") as table:
        table.runner.do_at_once(Retake("t1"))
        table.tap("names-feeling", 20)
        table.go_to("feedback")
        table.runner.do_at_once(Retake("t1"))
        table.tap("names-feeling", 70)
        table.go_to("feedback")
        async with table.look_at(lambda: form(table)) as (pilot, _):
            assert "01:10  Names the feeling" in text_of(pilot.app)
            assert "00:20" not in text_of(pilot.app)


async def test_moments_of_several_conversations_say_which_they_are_from(tmp_path: Path) -> None:
    """On a small screen each moment has the name of its conversation beside it; with one conversation none has."""
    asked = {"rubric": "listening", "by": "observer", "about": "leader"}
    talk = {"kind": "play", "length": "5m", "markers": "listening"}
    talks = [{"name": name, **talk} for name in ("First talk", "Next talk")]
    script = [*talks, {"name": "Feedback", "kind": "feedback", "length": "4m", "forms": [asked]}]
    with a_table(tmp_path, bundle_of(TRIAD, script=script)) as table:
        table.go_to("play")
        table.tap("names-feeling", 70)
        table.go_to("feedback")
        async with table.look_at(lambda: form(table), SMALL) as (pilot, _):
            assert "01:10  Names the feeling" in text_of(pilot.app)
            assert "First talk" not in text_of(pilot.app)
    two = tmp_path / "two"
    two.mkdir()
    with a_table(two, bundle_of(TRIAD, script=script)) as table:
        table.go_to("play")
        table.tap("names-feeling", 70)
        table.runner.do_at_once(Next())
        table.tap("solves", 30)
        table.go_to("feedback")
        async with table.look_at(lambda: form(table), SMALL) as (pilot, _):
            lines = text_of(pilot.app).splitlines()
            assert any("01:10  Names the feeling" in line and "First talk" in line for line in lines)
            assert any("00:30  Jumps to a fix" in line and "Next talk" in line for line in lines)
