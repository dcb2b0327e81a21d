"""The first screen: what can be played, and which sessions wait to be taken up again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.problems import CommandProblem, FileProblems
from roleplay.tui.screens.base import RoleplayScreen, turn_page
from roleplay.tui.widgets.choices import Choices
from roleplay.tui.widgets.search import Search
from roleplay.tui.widgets.shelf_list import ShelfList

if TYPE_CHECKING:
    from roleplay.conduct.series import SeriesRun
    from roleplay.content.bundle import Bundle
    from roleplay.content.folders import Folders
    from roleplay.content.library import LibraryEntry
    from roleplay.content.shelves import Entry, Section
    from roleplay.tui.seating import Place
    from roleplay.tui.sessions import OpenSession

    T = TypeVar("T")

# What reads files and sessions is imported where it is used: the first painting does not wait for it.


class LibraryScreen(RoleplayScreen[None]):
    """Scenarios on the left, with open sessions below; on the right what is chosen."""

    AUTO_FOCUS = ""
    HEADING = "What would you like to play?"
    HELP = """\
On the left are the scenarios that can be played. Move through them with the arrow keys or the mouse; on the right \
you read what each is for, who takes part, and what happens step by step. Files of your own stand under “Your own”.

Enter takes the scenario that is chosen and asks who is there. A double click does the same. A series is several \
scenarios in a good order; it offers the part that comes next for the people who are there.

P shows the people who were here before, with what they mean to do next.

Sessions that were left before their end stand below the scenarios. Everything that was written in them is kept. \
Enter goes on with the one that is chosen, paused where it was.

A file of your own that “needs mending” is listed with what to mend, and in which line."""

    DEFAULT_CSS = """
    LibraryScreen #left { width: 39; padding: 0 1 0 0; border-right: solid $border-blurred; }
    LibraryScreen #search { margin: 0 0 1 0; }
    LibraryScreen #scenarios { height: 1fr; }
    LibraryScreen #nothing { padding: 0 1; height: 1fr; color: $text-muted; display: none; }
    LibraryScreen .empty #scenarios { display: none; }
    LibraryScreen .empty #nothing { display: block; }
    LibraryScreen #sessions-title { padding: 1 1 0 1; }
    LibraryScreen #sessions { height: auto; max-height: 6; }
    LibraryScreen #right { width: 1fr; }
    LibraryScreen #preview { padding: 0 2; height: 1fr; }
    LibraryScreen #go { margin: 1 0 0 2; width: auto; min-width: 24; }
    LibraryScreen.-wide #left { width: 48; }
    LibraryScreen.-wide #sessions { max-height: 12; }
    LibraryScreen.-wide #preview { padding: 0 4; }
    LibraryScreen.-wide #go { margin: 1 0 1 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", id="library.search", key_display="/", tooltip="Search the scenarios"),
        Binding("p", "people", "People", id="library.people", tooltip="Who was here before, and their next steps"),
        Binding("tab", "other_list", "Other list", id="library.other", tooltip="To the open sessions, and back"),
        Binding("pagedown", "read(1)", "Read on", priority=True, id="library.down", tooltip="Move down on the right"),
        Binding("pageup", "read(-1)", show=False, priority=True, id="library.up", tooltip="Move up on the right"),
        Binding("escape", "clear", show=False, id="library.clear", tooltip="Forget the search, show all scenarios"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._sections: Sequence[Section] | None = None
        self._bundles: dict[str, Bundle] = {}
        self._sessions: dict[str, OpenSession] = {}
        self._list = "scenarios"
        """The list that was in use last; what is chosen there is what is shown."""
        self._people: tuple[Place, ...] = ()
        """The people of a setup that was left again; the next one begins with them."""

    def body(self) -> ComposeResult:
        """Two columns."""
        with Horizontal():
            with Vertical(id="left", classes="empty"):
                yield Search(placeholder="/ to search", id="search")
                yield ShelfList(id="scenarios")
                yield Static("Looking for scenarios …", id="nothing", markup=False)
                yield Static("", id="sessions-title", markup=False)
                yield Choices(id="sessions")
            with Vertical(id="right"):
                with VerticalScroll(id="preview", can_focus=False):
                    yield Static(id="told", markup=False)
                yield Button("", id="go", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Until something is there, there is nothing to go to."""
        self.query_one("#go").display = False
        self.query_one("#sessions").display = False

    def on_desk_opened(self) -> None:
        """Read everything, now that the first painting is done."""
        self._read_scenarios(self.desk.folders)
        self._show_sessions()

    def on_screen_resume(self) -> None:
        """A session may have been opened or ended since."""
        if self._sections is not None:
            self._show_sessions()

    @work(thread=True, exclusive=True, group="scenarios")
    def _read_scenarios(self, folders: Folders) -> None:
        from roleplay.content.library import all_series, library
        from roleplay.content.load import Reader
        from roleplay.content.shelves import sections

        reader = Reader(folders)
        self.app.call_from_thread(self._show_all, sections(library(folders, reader), all_series(folders, reader)))

    def _show_all(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._filter()
        if self.focused is None:
            self.query_one("#scenarios").focus()

    @on(Input.Changed, "#search")
    def _filter(self) -> None:
        from roleplay.content.shelves import narrowed
        from roleplay.tui.describe import matches

        typed = self.query_one("#search", Input).value
        found = narrowed(self._sections or (), lambda entry: matches(entry, typed))
        self.query_one("#scenarios", ShelfList).show(found)
        self.query_one("#left").set_class(not found, "empty")
        nothing = "Nothing was found. Escape shows all again." if typed else "There is no scenario here yet."
        self.query_one("#nothing", Static).update(nothing)
        self._tell()

    @work(exclusive=True, group="sessions")
    async def _show_sessions(self) -> None:
        """List the sessions at once, and look into one after the other without holding up the keys."""
        from roleplay.conduct.clock import wall_now
        from roleplay.tui.sessions import OpenSession, look_into, open_rows
        from roleplay.tui.widgets.preview import session_lines

        try:
            rows = open_rows(self.desk.store)
        except CommandProblem as problem:
            self.say(problem)
            return
        now, choices = wall_now(), self.query_one("#sessions", Choices)
        chosen = choices.highlighted or 0
        self._sessions = {row.id: OpenSession(row) for row in rows}
        choices.set_options(Option(session_lines(each, now), id=id) for id, each in self._sessions.items())
        choices.display = bool(rows)
        choices.highlighted = min(chosen, len(rows) - 1) if rows else None
        if not rows and self._list == "sessions":
            self.query_one("#scenarios").focus()
        title = self.query_one("#sessions-title", Static)
        title.update("Go on with" if rows else "No session waits to be taken up again.")
        title.set_classes("section" if rows else "muted")
        self.refresh_bindings()
        for row in rows:
            await asyncio.sleep(0)
            self._sessions[row.id] = look_into(self.desk.store, row)
            choices.replace_option_prompt(row.id, session_lines(self._sessions[row.id], now))
            if self._list == "sessions":
                self._tell()

    def _chosen(self) -> Entry | OpenSession | None:
        option = self.query_one(f"#{self._list}", Choices).highlighted_option
        if option is None:
            return None
        if self._list == "sessions":
            return self._sessions.get(option.id or "")
        placed = (placed for section in self._sections or () for placed in section.placed)
        return next((each.entry for each in placed if each.entry.id == option.id), None)

    def _tell(self) -> None:
        """Show on the right what is chosen."""
        from roleplay.conduct.clock import wall_now
        from roleplay.content.library import SeriesEntry
        from roleplay.tui.sessions import OpenSession
        from roleplay.tui.widgets.preview import tell_problems, tell_scenario, tell_series, tell_session

        chosen, go, told = self._chosen(), self.query_one("#go", Button), self.query_one("#told", Static)
        go.display = False
        if chosen is None:
            told.update("")
        elif isinstance(chosen, OpenSession):
            told.update(tell_session(chosen, wall_now()))
            go.label, go.display = "Go on with it", not chosen.problem
        elif chosen.problems:
            told.update(tell_problems(chosen))
        elif isinstance(chosen, SeriesEntry):
            told.update(tell_series(chosen))
            go.label, go.display = "Set it up", True
        elif bundle := self._bundle(chosen):
            told.update(tell_scenario(chosen, bundle.scenario))
            go.label, go.display = "Set it up", True
        self.query_one("#preview").scroll_home(animate=False)

    def _bundle(self, entry: LibraryEntry) -> Bundle | None:
        """A scenario with its rubrics, read once."""
        from roleplay.content.load import load_bundle

        if entry.id not in self._bundles and (bundle := self._try(load_bundle, entry)):
            self._bundles[entry.id] = bundle
        return self._bundles.get(entry.id)

    def _try(self, load: Callable[[str, Folders], T], entry: Entry) -> T | None:
        """What a file says; where it has become unreadable since, that is said."""
        try:
            return load(str(entry.path), self.desk.folders)
        except CommandProblem as problem:
            self.say(problem)
        except FileProblems as found:
            self.notify(str(found), severity="warning", markup=False)
        return None

    # -- what one can do

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """What is shown on the right belongs to the list that is in use."""
        if event.widget.id in ("scenarios", "sessions") and event.widget.id != self._list:
            self._list = event.widget.id
            self._tell()

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_list.id == self._list:
            self._tell()

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#go")
    def _take(self) -> None:
        from roleplay.content.library import SeriesEntry
        from roleplay.tui.sessions import OpenSession

        chosen = self._chosen()
        if isinstance(chosen, OpenSession):
            self._resume(chosen)
        elif chosen is not None and chosen.problems:
            self.notify("This file needs mending first. What to mend stands on the right.", severity="warning")
        elif isinstance(chosen, SeriesEntry):
            from roleplay.conduct.series import load_series

            if run := self._try(load_series, chosen):
                self._set_up(run.part(1), run)
        elif chosen is not None and (bundle := self._bundle(chosen)):
            self._set_up(bundle)

    def _set_up(self, bundle: Bundle, series: SeriesRun | None = None) -> None:
        from roleplay.tui.screens.setup import SetupScreen

        self.app.push_screen(SetupScreen(bundle, self._people, series=series), self._keep)

    def _keep(self, people: tuple[Place, ...] | None) -> None:
        """Keep these people for what is set up next, and say so."""
        from roleplay.tui.describe import say_names

        self._people = people or ()
        here = [place.name or "" for place in self._people if place.here == "here"]
        self.aside = f"with {say_names(here)}" if here else ""

    def action_people(self) -> None:
        """Show who was here before; whoever is chosen there is here for what is set up next."""
        from roleplay.tui.screens.caseload import CaseloadScreen

        self.app.push_screen(CaseloadScreen(), self._with)

    def _with(self, place: Place | None) -> None:
        if place is not None:
            self._keep((place,))
            self.notify(f"Choose what you will play with {place.name}.", markup=False)

    def _resume(self, session: OpenSession) -> None:
        from roleplay.conduct.opening import reopen_session
        from roleplay.tui.screens.facilitator import leading_screen

        try:
            drafts = self.desk.store.drafts(session.row.id)
            runner = reopen_session(self.desk.store, self.desk.writer, session.row.id, self.desk.make_clock)
        except CommandProblem as problem:
            self.say(problem)
            return
        self.app.push_screen(leading_screen(runner, drafts))

    @on(Input.Submitted, "#search")
    def _to_found(self) -> None:
        if not self.query_one("#left").has_class("empty"):
            self.query_one("#scenarios").focus()

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one("#search").focus()

    def action_clear(self) -> None:
        """Show all scenarios again."""
        self.query_one("#search", Input).value = ""
        self.query_one("#scenarios").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without open sessions there is no other list."""
        return bool(self._sessions) if action == "other_list" else super().check_action(action, parameters)

    def action_other_list(self) -> None:
        """From the scenarios to the open sessions, and back."""
        other = "#sessions" if self._list == "scenarios" and self._sessions else "#scenarios"
        self.query_one(other).focus()

    def action_read(self, way: int) -> None:
        """Move through what is shown on the right."""
        turn_page(self.query_one("#preview"), way)
