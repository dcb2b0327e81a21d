"""The dialogs with which people come, go and change places; each shows what would change before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Static

from roleplay.conduct.names import split_names
from roleplay.conduct.roster import Guest
from roleplay.conduct.runner import new_text
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.events import Participant
from roleplay.session.texts import Text
from roleplay.tui import reseating
from roleplay.tui.screens.base import Dialog, Question
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.leading import LeadingScreen
from roleplay.tui.screens.pick_person import PickPerson

_OTHER = ""
KINDS = {
    "arrive": "Somebody arrives",
    "leave": "Somebody leaves",
    "back": "Somebody who left comes back",
    "swap": "Two people change places",
    "move": "Somebody goes to another table",
    "merge": "A table joins another one",
}


class Changes:
    """Asks what is needed, shows what would change, and does it; words for the log go to `note`."""

    def __init__(self, screen: LeadingScreen, absent: list[Guest], note: Callable[[str], None]) -> None:
        self._screen, self._absent, self._note = screen, absent, note
        self._runner = screen.runner

    async def ask(self) -> None:
        """Which change it is to be."""
        possible = {kind: says for kind, says in KINDS.items() if kind != "back" or self._gone()}
        kind = await self._screen.app.push_screen_wait(Choose("Who comes, goes or moves?", list(possible.items())))
        if kind is not None:
            await self.begin(kind)

    async def begin(self, kind: str) -> None:
        """Ask for what this change needs."""
        await getattr(self, f"_{kind}")()

    # Each change

    async def _arrive(self) -> None:
        guests = await self._who_arrives()
        if not guests:
            return
        state, words = self._runner.state, self._runner.words
        gone = {says.casefold(): id for id, says in self._gone()}
        if len(guests) == 1 and (person := gone.get(guests[0].name.casefold())):
            question = Question(f"Is this {guests[0].name}, who had left?", yes="Yes, back again", no="Somebody else")
            if await self._screen.app.push_screen_wait(question):
                await self._carry_out(lambda table: c.ComeBack((person,), table), place=True)
                return
        names = reseating.new_names(state, words, [guest.name for guest in guests])
        texts = [new_text(name) for name in names]
        people = tuple(
            Participant(id=id, name=text.ref, known=guest.known)
            for id, text, guest in zip(reseating.new_ids(state, len(guests)), texts, guests, strict=True)
        )
        called = {person.id: text.text for person, text in zip(people, texts, strict=True)}
        if await self._carry_out(lambda table: c.Arrive(people, table), texts, called, place=True):
            came = {guest.name for guest in guests}
            self._absent[:] = [guest for guest in self._absent if guest.name not in came]

    async def _who_arrives(self) -> list[Guest]:
        if self._absent:
            entries = [(str(n), guest.name) for n, guest in enumerate(self._absent)]
            entries.append((_OTHER, "Somebody who is not on the list"))
            chosen = await self._screen.app.push_screen_wait(PickPerson("Who arrives?", entries))
            if chosen is None:
                return []
            if chosen != _OTHER:
                return [self._absent[int(chosen)]]
        typed = await self._screen.app.push_screen_wait(AskName())
        return [Guest(name) for name in split_names(typed or "")]

    async def _leave(self) -> None:
        if (person := await self._pick("Who leaves?")) is not None:
            await self._carry_out(lambda _: c.Leave((person,)))

    async def _back(self) -> None:
        gone = self._gone()
        if not gone:
            self._screen.notify("Nobody has left.", markup=False)
            return
        person = await self._screen.app.push_screen_wait(PickPerson("Who is back?", gone))
        if person is not None:
            await self._carry_out(lambda table: c.ComeBack((person,), table), place=True)

    async def _swap(self) -> None:
        one = await self._pick("Who changes places?")
        if one is None:
            return
        name = self._runner.name(one)
        other = await self._pick(f"With whom does {name} change places?", but=one)
        if other is not None:
            await self._carry_out(lambda _: c.Swap(one, other))

    async def _move(self) -> None:
        person = await self._pick("Who goes to another table?")
        if person is None:
            return
        at = self._runner.state.track_of(person).id
        table = await self._choose_table(f"To which table does {self._runner.name(person)} go?", at)
        if table is not None:
            await self._carry_out(lambda _: c.MoveTo(person, table))

    async def _merge(self) -> None:
        table = self._screen.meant or await self._choose_table("Which table joins another one?", None)
        if table is None:
            return
        title = self._runner.state.tracks[table].title
        into = await self._choose_table(f"Which table does {title} join?", table)
        if into is not None:
            await self._carry_out(lambda _: c.Merge(table, into))

    # What they share

    def _gone(self) -> list[tuple[str, str]]:
        return reseating.people_gone(self._runner.state, self._runner.words)

    async def _pick(self, question: str, but: str | None = None) -> str | None:
        people = reseating.people_here(self._runner.state, self._runner.words, self._screen.meant)
        entries = [(id, says) for id, says in people if id != but]
        return await self._screen.app.push_screen_wait(PickPerson(question, entries))

    async def _choose_table(self, question: str, but: str | None) -> str | None:
        tables = reseating.tables_but(self._runner.state, self._runner.words, but)
        if not tables:
            self._screen.notify("There is no other table.", markup=False)
            return None
        return await self._screen.app.push_screen_wait(Choose(question, tables))

    async def _carry_out(
        self,
        make: Callable[[str | None], c.Command],
        texts: Sequence[Text] = (),
        called: dict[str, str] | None = None,
        place: bool = False,
    ) -> bool:
        """Show what would change; with `place` another table can be chosen; then do it. Whether it was done."""
        runner, table = self._runner, None
        name = _naming(runner.name, called or {})
        while True:
            try:
                said = reseating.would_say(runner.state, make(table), runner.now, name)
            except CommandProblem as problem:
                self._screen.say(problem)
                if table is None:
                    return False
                table = None
                continue
            answer = await self._screen.app.push_screen_wait(Preview(said, place))
            if answer == "place":
                table = await self._choose_table("At which table?", None) or table
                continue
            if answer != "do":
                return False
            before = runner.state
            try:
                events = await runner.do(make(table), texts)
            except CommandProblem as problem:
                self._screen.say(problem)
                return False
            self._note(" ".join(reseating.told(before, events, name)))
            return True


def _naming(name: Callable[[str], str], called: dict[str, str]) -> Callable[[str], str]:
    return lambda person: called.get(person) or name(person)


class Preview(Dialog[str | None]):
    """What a change would mean; returns `do`, `place` for another table, or nothing."""

    HELP = """\
This is what would change, from the next round on. Nothing has happened yet: what was played stays as it was, and with \
esc everything stays as it is."""

    CSS = """
    Preview > #window { width: 76; }
    Preview #said { height: auto; max-height: 14; margin: 1 0 0 0; }
    Preview #said Static { margin: 0 0 0 0; }
    """

    def __init__(self, said: Sequence[str], place: bool) -> None:
        super().__init__()
        self._said, self._place = tuple(said), place

    def body(self) -> ComposeResult:
        """The sentences, and what can be answered."""
        yield Static("This would change", classes="question")
        with VerticalScroll(id="said", can_focus=False):
            for sentence in self._said or ("Nothing else changes.",):
                yield Static(f"• {sentence}", markup=False)
        with Horizontal(id="answers"):
            yield Button("Do it", id="do", variant="primary", compact=True)
            if self._place:
                yield Button("Another table", id="place", compact=True)
            yield Button("Back", id="back", compact=True)

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id if event.button.id != "back" else None)


class AskName(Dialog[str | None]):
    """Returns one name or several, as they were typed."""

    CSS = """
    AskName Input { margin: 1 0 0 0; background: $panel; }
    """

    def body(self) -> ComposeResult:
        """One line to write in."""
        yield Static("Who arrives?", classes="question")
        yield Input(placeholder="a name, or several with commas between them")
        with Horizontal(id="answers"):
            yield Button("Find a place", id="find", variant="primary", compact=True)
            yield Button("Back", id="back", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#find")
    def _named(self) -> None:
        self.dismiss(self.query_one(Input).value.strip() or None)

    @on(Button.Pressed, "#back")
    def _left(self) -> None:
        self.action_away()
