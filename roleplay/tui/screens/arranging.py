"""A whole class: who is there, who sits with whom, and what a change costs; each change can be taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Label
from textual.worker import Worker, WorkerCancelled

from roleplay.tui.grouping import Grouping, How, tags_of
from roleplay.tui.preparing import Preparing
from roleplay.tui.screens.attendance import AttendanceScreen
from roleplay.tui.screens.earlier import Noticed, choose_class
from roleplay.tui.screens.gathering import GatheringScreen
from roleplay.tui.seating import Place
from roleplay.tui.widgets.choice_row import ChoiceRow
from roleplay.tui.widgets.people import People

_TAKE_BACK = "Ctrl+Z takes it back."


class ArrangingScreen(GatheringScreen):
    """Groups follow from the people; one table needs none."""

    DEFAULT_CSS = """
    ArrangingScreen #who { height: 1; }
    ArrangingScreen #who .section { width: 1fr; }
    ArrangingScreen #class { width: auto; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "attendance", show=False, id="setup.attendance", tooltip="One key for each name"),
        Binding("f8", "shuffle", show=False, id="setup.shuffle", tooltip="Form other groups, with the next seed"),
        Binding("f3", "class", show=False, id="setup.class", tooltip="An earlier class, or a class list"),
        Binding("ctrl+z", "undo", show=False, id="setup.undo", tooltip="Take back the last change"),
    ]

    _forming: Worker[None] | None = None
    """Groups are being formed."""
    _made_for: object = None
    """What the groups were formed for."""
    _called = False
    """It was said who is here."""

    def __init__(self, now: Preparing, names: Sequence[str | Place]) -> None:
        super().__init__(now, names)
        self._before: list[tuple[Preparing, bool]] = []
        """As it was before each change, the last one at the end, and whether nobody was named then."""

    def arranging(self) -> ComposeResult:
        """Who is here, the seed of the groups, and by what they are formed."""
        with Horizontal(classes="row", id="here-row"):
            yield Label("Here")
            yield Button("", id="here", classes="asks", compact=True)
        with Horizontal(classes="row", id="groups-row"):
            yield Label("Shuffle")
            yield Button("", id="shuffle", classes="asks", compact=True)
        yield ChoiceRow("Tags", "tag")
        yield ChoiceRow("Big tables", "rounds")

    # -- groups that follow from the people

    @property
    def making(self) -> bool:
        """Whether groups are being formed."""
        return self._forming is not None and not self._forming.is_finished

    def follow(self, said: str, keep: bool) -> None:
        """Form groups where they do not fit any more, away from the screen, and show what follows."""
        self.workers.cancel_group(self, "groups")
        self._forming = None
        room = self._now.room
        keep = keep or self._now.grouping.by_hand
        if len(room.sizes) < 2:
            self._now = replace(self._now, seating=room.seating.at_one_table())
        elif not room.formed or not (keep or self._made_for == self._wanted()):
            self._forming = self._form(said, keep)
        self.plan_anew(said)

    def _wanted(self) -> object:
        """What groups are formed for: with anything else, they would be others."""
        now = self._now
        people = frozenset((place.name, place.known) for place in now.seating.places)
        return people, replace(now.grouping, by_hand=False, everyone_leads=True)

    @work(exclusive=True, group="groups")
    async def _form(self, said: str, keep: bool) -> None:
        room = self._now.room
        seating = await asyncio.to_thread(room.form, keep)
        self._now = replace(self._now, seating=seating)
        if not keep:
            self._made_for = self._wanted()
        self._forming = None
        self.plan_anew(said)

    async def formed(self) -> None:
        """Wait until the groups are formed."""
        while (forming := self._forming) and self.making:
            with suppress(WorkerCancelled):
                await forming.wait()

    def show_arranging(self) -> None:
        """Show what there is to choose; at one table, nothing."""
        now = self._now
        several = bool(now.seating.sizes) or self.making
        self.query_one("#here-row").display = several or bool(now.absent)
        self.query_one("#here", Button).label = f"{now.attendance.count} of {len(now.expected)} · F7"
        self.query_one("#groups-row").display = several
        seed = now.grouping.seed
        shuffled = f"{seed}, changed" if now.grouping.by_hand else f"seed {seed}"
        self.query_one("#shuffle", Button).label = f"{shuffled} · F8"
        tags = tags_of(now.seating) if several else {}
        options = [(f"{how} {tag}", f"{how}:{tag}") for tag in tags for how in ("mix", "match")]
        chosen = f"{now.grouping.how}:{now.grouping.tag}" if now.grouping.tag in tags else ""
        self.query_one("#tag-row", ChoiceRow).offer([("not used", ""), *options], chosen)
        large = several and now.scenario.rotates and max(now.seating.sizes, default=0) > now.scenario.group_size
        rounds = [("everybody leads", 1), ("the last later", 0)]
        self.query_one("#rounds-row", ChoiceRow).offer(rounds if large else [], int(now.grouping.everyone_leads))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At one table there is nothing to form and nothing to take back."""
        if action == "shuffle":
            return bool(self._now.seating.sizes) or self.making
        return super().check_action(action, parameters)

    # -- changes by hand

    def _remember(self) -> None:
        self._before.append((self._now, self._unnamed))

    def _group_by(self, grouping: Grouping, said: str = "") -> None:
        self._remember()
        self._now = replace(self._now, grouping=grouping)
        self.follow(said, keep=False)

    @on(Button.Pressed, "#shuffle")
    def action_shuffle(self) -> None:
        """Other groups."""
        seed = self._now.grouping.seed + 1
        self._group_by(
            replace(self._now.grouping, seed=seed, by_hand=False), f"Other groups: seed {seed}. {_TAKE_BACK}"
        )

    @on(ChoiceRow.Chosen, "#tag-row")
    def _choose_tag(self, event: ChoiceRow.Chosen) -> None:
        how, _, tag = str(event.value).partition(":")
        chosen: How = "match" if how == "match" else "mix"
        self._group_by(replace(self._now.grouping, tag=tag, how=chosen, by_hand=False))

    @on(ChoiceRow.Chosen, "#rounds-row")
    def _choose_rounds(self, event: ChoiceRow.Chosen) -> None:
        self._remember()
        self._now = replace(self._now, grouping=replace(self._now.grouping, everyone_leads=bool(event.value)))
        self.plan_anew()

    @on(People.Wished)
    def _wish(self, event: People.Wished) -> None:
        names = self._now.room.names
        one, other = names[event.one], names[event.other]
        before = self._now.room.weigh()
        grouping = self._now.grouping.wishing(event.wish, one, other)
        wished = (event.wish, other) in grouping.wishes_for(one)
        said = f"{one} and {other}: {'kept ' + event.wish if wished else 'no wish any more'}. {_TAKE_BACK}"
        self._remember()
        self._now = replace(self._now, grouping=grouping)
        now = self._now.room.weigh()
        if now.broken <= before.broken:
            # As they sit is as it is wished.
            self._made_for = self._wanted()
        else:
            self._now = replace(self._now, grouping=replace(grouping, by_hand=False))
        self.follow(said, keep=False)

    def swap(self, one: int, other: int) -> None:
        """Let two people change places, and say what that costs."""
        before = self._now.room
        if not before.seating.sizes:
            super().swap(one, other)
            return
        self._remember()
        grouping = replace(self._now.grouping, by_hand=True)
        self._now = replace(self._now, seating=before.seating.swap(one, other), grouping=grouping)
        said = f"{before.names[one]} ⇄ {before.names[other]}. {before.say_swap(one, other)} {_TAKE_BACK}"
        self._seat(self._now.seating, said, keep=True)

    def take_off(self, place: int) -> None:
        """Take somebody off the list; that can be taken back."""
        self._remember()
        super().take_off(place)

    def action_undo(self) -> None:
        """Take back the last change."""
        if not self._before:
            self.notify("There is nothing to take back.")
            return
        (before, self._unnamed), now = self._before.pop(), self._now
        self._now = replace(now, seating=before.seating, absent=before.absent, grouping=before.grouping)
        self._look_back()
        self._made_for = self._wanted()
        self.follow("Taken back.", keep=True)

    # -- who is here

    @on(Button.Pressed, "#here")
    @work(exclusive=True, group="names")
    async def action_attendance(self) -> None:
        """Say who is here."""
        await self._add_typed()
        await self._call()

    async def _call(self) -> None:
        """Ask who is here; groups that were read out already stay as they are, as far as possible."""
        if not self._now.expected or self._unnamed:
            self.notify("Write some names first.")
            return
        there = await self.app.push_screen_wait(AttendanceScreen(self._now.expected))
        if there is None:
            return
        keep, self._called = self._called, True
        if there == self._now.expected:
            return
        self._remember()
        self._now = self._now.with_attendance(there)
        self._seat(self._now.seating, keep=keep)

    @work(exclusive=True, group="names")
    async def action_class(self) -> None:
        """Take the people of an earlier session, or of a class list."""
        await self._add_typed()
        roster = await choose_class(self.app, self.desk.store)
        if roster is None:
            return
        if roster.notes:
            await self.app.push_screen_wait(Noticed(roster.notes))
        self._remember()
        if self._unnamed:
            self._unnamed = False
            self._now = replace(self._now, seating=self._now.seating.with_bots(0).remove(0))
        self._now, said = self._now.joined_by(roster)
        self._now = self._now.knowing(self._people)
        self._seat(self._now.seating, said)
        await self._ask_before()
