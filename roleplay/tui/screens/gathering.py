"""Who is here: names are typed, told from those of earlier sessions, given roles, and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from roleplay.conduct.clock import wall_now
from roleplay.conduct.names import split_names
from roleplay.conduct.opening import new_known_id
from roleplay.conduct.roster import from_list
from roleplay.problems import CommandProblem
from roleplay.store.protocol import KnownPerson
from roleplay.tui.known import ask_about
from roleplay.tui.preparing import Preparing, expecting
from roleplay.tui.screens.base import Question, RoleplayScreen
from roleplay.tui.screens.before import Before
from roleplay.tui.screens.roles import choose_role
from roleplay.tui.seating import Place, Seating, give_role
from roleplay.tui.widgets.people import NameField, People
from roleplay.tui.widgets.pressable import Pressable, pressing

_YOU = "You"


class GatheringScreen(RoleplayScreen[tuple[Place, ...]]):
    """The people of a session that is being set up; what follows from them is shown by `plan_anew`."""

    def __init__(self, now: Preparing, names: Sequence[str | Place]) -> None:
        super().__init__()
        self._bots_chosen = False
        """Bots were added or removed by hand, so their number is not changed any more."""
        self._unnamed = now.scenario.alone and not names
        """Nobody needs to type a name to play alone; until somebody does, `You` plays."""
        self._people: Sequence[KnownPerson] = ()
        """Everybody who was here before."""
        self._now = expecting(now, (_YOU,) if self._unnamed else names)

    def gathering(self) -> ComposeResult:
        """The field for names, the list of people, and what there is to say about them."""
        with Horizontal(id="who"):
            yield Static("Who is here?", classes="section", markup=False)
            yield Pressable(pressing("class", Content("a class · F3")), id="class")
        yield NameField(placeholder="Names, commas between", id="names")
        yield Static("", id="about-people", classes="said", markup=False)
        yield People(id="people")

    def plan_anew(self, said: str = "") -> None:
        """Show what follows; `said` is what was just done with the people."""

    async def ask_first(self) -> None:
        """Ask what has to be known before anybody is asked about."""

    def on_mount(self) -> None:
        """Begin where names are typed."""
        self.query_one("#names").focus()
        try:
            self._people = self.desk.store.known_people()
        except CommandProblem as problem:
            self.say(problem)
        self._now = self._now.knowing(self._people)
        self._seat(self._now.seating)
        self._begin()

    @work(exclusive=True, group="names")
    async def _begin(self) -> None:
        await self.ask_first()
        await self._ask_before()

    def _seat(self, seating: Seating, said: str = "", keep: bool = False) -> None:
        """Seat these people, let bots join somebody who is alone, and show what follows.

        Args:
            seating: who is here.
            said: what was just done.
            keep: groups stay as they are, as far as the number of people allows it.
        """
        if not self._bots_chosen:
            alone = len(seating.names) == 1
            bots = self._now.scenario.smallest_table - 1 if alone else 0
            if bots != seating.bots:
                seating = seating.with_bots(bots)
            if alone and bots:
                said = "You are alone, so bots take the other seats." if bots > 1 else "A bot takes the other seat."
        self._now = replace(self._now, seating=seating)
        self._look_back()
        self.follow(said, keep)

    def follow(self, said: str, keep: bool) -> None:
        """Bring the people to tables, and show what follows; see `_seat`."""

    def _look_back(self) -> None:
        try:
            self._now = self._now.looking_back(self.desk.store)
        except CommandProblem as problem:
            self.say(problem)

    @on(Input.Submitted, "#names")
    @work(exclusive=True, group="names")
    async def _names_typed(self) -> None:
        await self._add_typed()

    async def _add_typed(self) -> None:
        """Add what stands in the field; a name that is here already is never taken for the same person unasked."""
        field = self.query_one("#names", Input)
        names, field.value = split_names(field.value), ""
        if names and self._unnamed:
            self._unnamed = False
            self._now = replace(self._now, seating=Seating())
        for name in names:
            chosen: str | None = name
            if self._now.knows(name):
                chosen = None if self._now.absent_now(name) else await self._ask_twice(name)
            self._now = self._now.and_also(chosen) if chosen else self._now.arrived(name)
        if names:
            self._seat(self._now.seating)
        await self._ask_before()

    async def _ask_twice(self, name: str) -> str | None:
        other = self._now.another(name)
        question = Question(
            f"{name} is on the list already.",
            f"Is this another person of the same name? Then we call her or him “{other}”.",
            yes=f"Yes, add {other}",
            no="No, the same person",
        )
        return other if await self.app.push_screen_wait(question) else None

    async def _ask_before(self, again: Iterable[str] = ()) -> None:
        """Ask about everybody of whom nobody has said yet whether they were here before, and about these again."""
        if self._unnamed:
            return
        places = self._now.expected
        names = [place.name for place in places if place.name and (place.name in again or not place.asked)]
        taken = [place.known for place in places if place.known and place.name not in names]
        so_far = {place.name: place.known for place in places if place.name and place.name in again}
        listed = {place.name for place in places if place.name and place.listed and from_list(place.listed)}
        asked = ask_about(names, self._people, taken, so_far, listed)
        if not asked:
            return
        answered = await self.app.push_screen_wait(Before(asked, wall_now()))
        if answered is None and again:
            return
        said = {one.name: one.person.id if one.person and answered else None for one in answered or asked}
        self._now = self._now.recognise(said)
        self._seat(self._now.seating)

    @on(People.BeforeWanted)
    @work(exclusive=True, group="names")
    async def _ask_again(self, event: People.BeforeWanted) -> None:
        if name := self._now.seating.places[event.place].name:
            await self._ask_before([name])

    @on(People.RoleWanted)
    @work(exclusive=True, group="names")
    async def _change_role(self, event: People.RoleWanted) -> None:
        role = await choose_role(self.app, self._now.filled, self._now.seating, event.place)
        if role is None:
            return
        seating, other = give_role(self._now.scenario, self._now.seating, event.place, role)
        names = [seat.name for seat in seating.seats()]
        title = self._now.filled.roles[role].title
        changed = f" ⇄ {names[other]}" if other is not None else f": {title}"
        self._seat(seating, f"{names[event.place]}{changed}")

    @on(People.Swapped)
    def _swap(self, event: People.Swapped) -> None:
        self.swap(event.one, event.other)

    def swap(self, one: int, other: int) -> None:
        """Let two people change places."""
        names = [seat.name for seat in self._now.seating.seats()]
        self._bots_chosen = self._bots_chosen or self._now.seating.bots > 0
        self._seat(self._now.seating.swap(one, other), f"{names[one]} ⇄ {names[other]}")

    @on(People.Removed)
    def _remove(self, event: People.Removed) -> None:
        self.take_off(event.place)

    def take_off(self, place: int) -> None:
        """Take somebody off the list."""
        seating = self._now.seating
        self._bots_chosen = self._bots_chosen or seating.places[place].name is None
        self._seat(seating.remove(place), keep=True)

    def action_add_bot(self) -> None:
        """One more bot."""
        self._bots_chosen = True
        self._seat(self._now.seating.add(None))

    def _named(self) -> tuple[Place, ...]:
        """The people that somebody named, for another setup."""
        places = (*self._now.seating.places, *self._now.absent)
        return () if self._unnamed else tuple(replace(place, role=None) for place in places if place.name)

    def _introduce(self) -> None:
        """Let whoever is new be known from now on, so that they can be asked about next time."""
        if not self._unnamed:
            new = [place for place in self._now.expected if place.name and not place.known]
            self._now = self._now.recognise({place.name or "": place.listed or new_known_id() for place in new})
