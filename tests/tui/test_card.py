from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from private_table import SMALL, Table, a_table, text_of
from samples import TRIAD, bundle_of
from textual.containers import VerticalScroll
from textual.widgets import Static

from roleplay.session.commands import Tick
from roleplay.tui.screens.card import CardScreen
from roleplay.tui.screens.private import PrivateScreen


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with a_table(tmp_path) as opened:
        yield opened


def card_text(screen: PrivateScreen) -> str:
    """The whole card, also what has to be scrolled to."""
    return "\n".join(str(part.content) for part in screen.query("#card Static").results(Static))


async def read_card(table: Table, person: str) -> str:
    """The card of a person, as it stands on the screen now."""
    async with table.look_at(lambda: CardScreen(table.runner, person)) as (_, screen):
        return card_text(screen)


async def test_before_the_first_round_a_kind_word_stands_where_the_card_will_be(table: Table) -> None:
    """It says when the card comes and what one will play, and nothing of what stands on it."""
    card = await read_card(table, "p2")
    assert "There is no card for you yet." in card
    assert "You get it when “Read your card” begins." in card
    assert "You will play: Parent." in card
    assert "Dana" not in card


async def test_a_card_shows_all_that_its_reader_may_know_and_nothing_else(table: Table) -> None:
    """Role, case, the words for everyone, the own words and facts; of the other cards no line."""
    table.go_to("prepare")
    case = table.runner.state.setting.scenario.cases[0]
    firsts = {role: text.split(". ")[0] for role, text in case.cards.items()}
    facts = {fact.fact for fact in case.hidden}
    roles = table.runner.state.setting.scenario.roles
    for person, role in (("p1", "leader"), ("p2", "parent"), ("p3", "observer")):
        card = await read_card(table, person)
        assert [r for r, first in firsts.items() if first in card] == [r for r in case.cards if r in ("everyone", role)]
        assert (roles[role].title in card.splitlines(), case.title in card) == (True, True)
        assert {fact for fact in facts if fact in card} == (facts if role == "parent" else set())


async def test_the_card_is_the_one_of_the_round_that_runs(table: Table) -> None:
    """In the second round everybody has another role and another case, and the first case is put away."""
    table.go_to("prepare")
    table.go_to("journal")
    card = await read_card(table, "p2")
    assert "Round 3 of 3" in card
    assert table.runner.state.setting.scenario.cases[2].title in card
    assert "Dana" not in card


async def test_an_event_reaches_the_open_card_of_its_person(tmp_path: Path) -> None:
    """What happens during the conversation appears without opening the card again, for that person only."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        table.go_to("play")
        async with table.look_at(lambda: CardScreen(table.runner, "p2")) as (pilot, screen):
            assert "say/" not in card_text(screen)
            table.clock.at += 121
            await table.runner.do(Tick())
            assert isinstance(screen, CardScreen)
            screen.paint_time()
            await pilot.pause()
            assert "say/farm/parent" in text_of(pilot.app)
            assert card_text(screen).index("say/farm/parent") < card_text(screen).index("card/farm/parent")
        assert "say/" not in await read_card(table, "p1")


async def test_a_long_card_can_be_scrolled_to_its_end_on_a_small_screen(table: Table) -> None:
    """With the keyboard alone every line can be read; the time and the way back stay in place."""
    table.go_to("prepare")
    async with table.look_at(lambda: CardScreen(table.runner, "p2"), SMALL) as (pilot, screen):
        top = text_of(pilot.app)
        await pilot.press("end")
        await pilot.pause()
        bottom = text_of(pilot.app)
        scroll = screen.query_one("#card", VerticalScroll)
        assert scroll.max_scroll_y > 0
        assert scroll.scroll_y == scroll.max_scroll_y
        for shown in (top, bottom):
            assert "Ben · your card" in shown
            assert "01:00 left" in shown
            assert "Done, hand it back" in shown


async def test_where_nobody_has_a_card_one_is_told_so_and_events_still_arrive(tmp_path: Path) -> None:
    """Where there is nothing to hand out, nobody is told to wait for it; what happens to one is there to read."""
    script = [
        {
            "name": "Talk",
            "kind": "play",
            "length": "5m",
            "injects": [{"at": "1m", "to": "parent", "from": "Office", "say": "A call for you."}],
        }
    ]
    with a_table(tmp_path, bundle_of(TRIAD, cases=[], script=script)) as table:
        table.go_to("play")
        assert "nobody needs a card" in await read_card(table, "p1")
        table.clock.at += 61
        table.runner.do_at_once(Tick())
        assert "From Office:\nA call for you." in await read_card(table, "p2")
        assert "A call" not in await read_card(table, "p1")


async def test_a_card_says_whom_one_plays_and_as_whom_one_also_speaks(tmp_path: Path) -> None:
    """On the card of that role, and of no other."""
    roles = {**TRIAD["roles"], "parent": {"title": "Parent", "plays": "Ms. Okafor", "also": "The other parent"}}
    with a_table(tmp_path, bundle_of(TRIAD, roles=roles)) as table:
        table.go_to("prepare")
        card = await read_card(table, "p2")
        assert "Parent\nYou play: Ms. Okafor.\nYou also speak as: The other parent." in card
        assert "Okafor" not in await read_card(table, "p1")
