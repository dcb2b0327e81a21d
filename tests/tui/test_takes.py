"""A take gets a name, and two takes stand side by side, for whoever may see them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from private_table import SMALL, TALL, a_table, text_of
from samples import REMIX, SELECTION, TRIAD, bundle_of
from staging import Led, led
from textual.widgets import Static

from roleplay.session.commands import End, Next, Retake, SendForm
from roleplay.session.events import Answer
from roleplay.session.forms import forms_due
from roleplay.session.state import FACILITATOR
from roleplay.session.texts import Text
from roleplay.tui.screens.name_take import NameTake
from roleplay.tui.screens.takes import TakesScreen

THREE: dict[str, Any] = {**REMIX, "script": [{"name": "Talk", "kind": "play", "length": "3m", "markers": "listening"}]}
COMPARE = "f12"


def offers(this: Led, key: str) -> bool | None:
    """Whether a key is offered: none where it is dim, False where it is not there at all."""
    return this.stage.check_action(key, ())


async def rate(this: Led, take: str, level: int) -> None:
    """Ben says how far he felt heard in a take."""
    form = f"{take}/form/felt-heard/p2/p1"
    await this.stage.do(SendForm("t1", form, {"heard": Answer(value=level)}))


async def played_twice(this: Led) -> None:
    """Both takes were marked by Chen and rated by Ben; the second one has a name."""
    await this.press("space")
    await this.at(30)
    await this.press("f", "right")
    await rate(this, "1", 1)
    await this.press("right", "ctrl+t", *"slower", "enter")
    await this.at(90)
    await this.press("f", "f", "s", "right")
    await rate(this, "3", 3)


async def test_the_next_take_is_offered_a_name_which_then_stands_above_the_clock(tmp_path: Path) -> None:
    """The offer is a few words at the foot, and gone once the take has its name."""
    async with led(tmp_path, TRIAD, size=SMALL) as this:
        await this.go_to("1.1r1")
        assert "names this take" not in this.text
        assert str(this.stage.query_one("#where", Static).content) == "Round 1 of 3 · Conversation"
        await this.press("ctrl+r")
        assert "Round 1 of 3 · Conversation, take 2" in this.text
        assert "^t names this take" in this.text
        await this.press("ctrl+t", *"a slower start", "enter")
        where = this.stage.query_one("#where", Static)
        assert str(where.content) == "Round 1 of 3 · Conversation, take 2: a slower start"
        assert "names this take" not in this.text
        await this.press("f4")
        assert "Conversation, take 2: a slower start" in this.text


async def test_a_name_can_be_changed_and_no_name_changes_nothing(tmp_path: Path) -> None:
    """What it is called now stands there to be written on; Esc and an empty line leave it."""
    async with led(tmp_path, REMIX) as this:
        await this.press("space", "ctrl+t", *"one", "enter", "ctrl+t", *" more", "enter")
        assert "Talk, take 1: one more" in this.text
        await this.press("ctrl+t", *"x", "escape", "ctrl+t", "home", "ctrl+k", "enter")
        assert "Talk, take 1: one more" in this.text
        assert len(this.table.events("take-labelled")) == 2


async def test_without_a_name_a_take_is_called_by_its_number(tmp_path: Path) -> None:
    """The number stands in the empty line, so that nobody has to think of one."""
    async with led(tmp_path, REMIX) as this:
        await this.press("space", "right", "right", "ctrl+t")
        assert isinstance(this.pilot.app.screen, NameTake)
        assert "What is tried in take 2?" in this.text
        assert "Take 2" in this.text
        await this.press("escape")
        assert "Talk otherwise, take 2" in this.text


async def test_nothing_can_be_named_before_a_conversation_has_begun(tmp_path: Path) -> None:
    """Neither before the start, nor while the next round is prepared."""
    async with led(tmp_path, TRIAD) as this:
        assert offers(this, "name_take") is None
        await this.go_to("1.1r1")
        assert offers(this, "name_take")
        await this.go_to("1.0r2")
        assert offers(this, "name_take") is None


async def test_takes_are_compared_once_there_are_two_and_never_while_people_talk(tmp_path: Path) -> None:
    """The key is not there before, is dim during a take, and works in between and at the end."""
    async with led(tmp_path, REMIX) as this:
        await this.press("space")
        assert offers(this, "takes") is False
        await this.press("right")
        assert offers(this, "takes") is False
        await this.press("right")
        assert offers(this, "takes") is None
        await this.press("space")
        assert offers(this, "takes") is None, "nor in a pause"
        await this.press("space", "right")
        assert offers(this, "takes")
        await this.press("right")
        assert "lay two takes side by side" in this.text


async def test_the_facilitator_lays_marks_levels_and_names_side_by_side(tmp_path: Path) -> None:
    """Each take has a column; a mark has its times, a level its word, what is missing a dash."""
    async with led(tmp_path, REMIX, size=TALL) as this:
        await played_twice(this)
        await this.press(COMPARE, "enter")
        assert isinstance(this.pilot.app.screen, TakesScreen)

        def columns(words: str) -> list[str]:
            return next(row for row in this.rows if words in row).split()

        assert "Take 1" in this.text
        assert "Take 2: slower" in this.text
        assert columns("Names the feeling")[3:] == ["1", "00:30", "2", "01:00,", "01:00"]
        assert columns("Jumps to a fix")[4:] == ["–", "1", "01:00"]
        assert columns("I felt heard")[3:] == ["1", "·", "No", "3", "·", "Yes"]


async def test_somebody_at_the_table_sees_what_they_may_read_behind_a_hand_over(tmp_path: Path) -> None:
    """The leader sees her own; whoever tapped nothing and rated nothing reads that there is nothing."""
    async with led(tmp_path, REMIX) as this:
        await played_twice(this)
        await this.press(COMPARE, "down", "enter")
        assert "Hand the laptop to Ana." in this.text
        await this.press("enter")
        assert "Names the feeling" in this.text
        assert "I felt heard" not in this.text, "she has not written herself yet"
        await this.press("escape", COMPARE, "down", "down", "enter", "enter")
        assert "Ben · takes side by side" in this.text
        assert "I felt heard" in this.text
        assert "Names the feeling" not in this.text


async def test_two_of_three_takes_are_chosen(tmp_path: Path) -> None:
    """The last two stand there first; → and ← bring another one, never the same twice."""
    async with led(tmp_path, {**THREE, "script": [*THREE["script"], REMIX["script"][1]]}) as this:
        await this.press("space", "ctrl+r", "ctrl+r", "right", COMPARE, "enter")
        screen = this.pilot.app.screen
        assert isinstance(screen, TakesScreen)

        def heads() -> list[str]:
            row = next(row for row in this.rows if "Take " in row)
            return [f"Take {part.split()[0]}" for part in row.split("Take ")[1:]]

        assert heads() == ["Take 2", "Take 3"]
        assert "← Left take" in this.text
        assert "→ Right take" in this.text
        await this.press("left")
        assert heads() == ["Take 1", "Take 3"]
        await this.press("right")
        assert heads() == ["Take 1", "Take 2"]
        await this.press("right", "left")
        assert heads() == ["Take 2", "Take 3"]


async def test_the_list_of_forms_says_which_take_each_is_about(tmp_path: Path) -> None:
    """The same form is asked for after each take; only the first goes without a number."""
    async with led(tmp_path, TRIAD) as this:
        await this.go_to("1.2r1")
        await this.press("ctrl+r", "right", "f3")
        asked = [
            row.partition("Round")[2].strip(" │") for row in this.rows if "Round 1 · " in row and "Ben about" in row
        ]
        assert asked == ["1 · Take 2 · Ben about Ana: Felt heard", "1 · Ben about Ana: Felt heard"]


async def test_the_takes_of_two_conversations_are_kept_apart(tmp_path: Path) -> None:
    """The last conversation stands there first; n goes on to the other one."""
    async with led(tmp_path, TRIAD) as this:
        await this.go_to("1.1r1")
        await this.press("ctrl+r", "right")
        await this.go_to("1.1r2")
        await this.press("ctrl+r", "right", COMPARE, "enter")
        assert "Round 2 · Conversation" in this.text
        await this.press("n")
        assert "Round 1 · Conversation" in this.text


async def test_when_a_conversation_begins_the_takes_are_put_away(tmp_path: Path) -> None:
    """Nobody marks with the last take before their eyes."""
    async with led(tmp_path, REMIX) as this:
        await played_twice(this)
        await this.press(COMPARE, "enter")
        screen = this.pilot.app.screen
        assert isinstance(screen, TakesScreen)
        await this.stage.do(Retake("t1"))
        screen.paint_time()
        await this.settle()
        assert this.pilot.app.screen is this.stage


async def test_whoever_is_rated_under_seal_reads_sentences_without_the_raters_names(tmp_path: Path) -> None:
    """Beside each other stand the words of a “Rater”; the facilitator reads who wrote them."""
    bundle = bundle_of(SELECTION, script=[{**SELECTION["script"][1], "takes": 2}, SELECTION["script"][3]])
    with a_table(tmp_path, bundle, ("Ana", "Ben", "Cleo", "Dee")) as table:
        for number in range(2):
            table.go_to("feedback")
            step = table.track.step
            assert step is not None
            due = next(form for form in forms_due(table.runner.state.setting, step, table.track.people))
            said = Text(id=f"words-{number}", salt="salt", text=f"words {number}")
            unseen = Answer(observed=False)
            answers = {"reflecting": Answer(value=3), "silence": unseen, "questions": unseen, "moment": unseen}
            table.runner.do_at_once(SendForm("t1", due.id, answers, {"noticed": said.ref}), [said])
            if not number:
                table.runner.do_at_once(Retake("t1"))
        table.runner.do_at_once(Next())
        table.runner.do_at_once(End())
        names = {person: table.runner.name(person) for person in table.track.people}
        for person, writer in ((due.about, "Rater: words 1"), (FACILITATOR, f"{names[due.by]}: words 1")):
            async with table.look_at(partial(TakesScreen, table.runner, "t1", person)) as (pilot, _):
                assert writer in text_of(pilot.app)
