"""The conversations of a session that are over, to choose one and look back at it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from roleplay.conduct.runner import Runner
from roleplay.session.visible import viewer_of, visible
from roleplay.tui.listening import MakePlayer
from roleplay.tui.review_view import Place, Review, places
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.screens.review import ReviewScreen
from roleplay.tui.widgets.choices import Choices


class ConversationsScreen(RoleplayScreen[bool]):
    """A list of conversations; Enter opens one."""

    HELP = """\
The conversations of this session that are over, take by take, with what there is of each. Choose one with the arrow \
keys and Enter, or with a double click: you see and hear what was said in it, with the markers.

You see only conversations you were in; whoever leads sees all."""

    DEFAULT_CSS = """
    ConversationsScreen Choices { height: 1fr; margin: 1 1 0 1; text-wrap: wrap; }
    ConversationsScreen #none { margin: 1 2; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "away", "Back", id="conversations.back", tooltip="Go back"),
    ]

    def __init__(self, runner: Runner, person: str, make_player: MakePlayer | None = None) -> None:
        super().__init__()
        self.runner, self.person, self._make_player = runner, person, make_player
        self.heading = f"{runner.name(person)} · conversations to look back at"

    @property
    def _places(self) -> tuple[Place, ...]:
        return tuple(places(self.runner.state, viewer_of(self.person)))

    def body(self) -> ComposeResult:
        """The list, or that there is nothing yet."""
        yield Choices(markup=False)
        yield Static("No conversation is over yet.", id="none")

    def on_mount(self) -> None:
        """Fill it."""
        self._fill()

    def on_screen_resume(self) -> None:
        """Something may have been written down, corrected or erased meanwhile."""
        if self.is_mounted:
            self._fill()

    def _fill(self) -> None:
        listed, found = self.query_one(Choices), self._places
        at = listed.highlighted
        listed.clear_options()
        view = visible(self.runner.state, viewer_of(self.person))
        for place in found:
            one = Review(self.runner.state, self.runner.words, view, place)
            what = Content.assemble((one.title, "bold"), f"   {one.cast}", "\n", (f"  {one.kept}", "$text-muted"))
            listed.add_option(Option(what, id=f"{place.track} {place.step}"))
        listed.display, self.query_one("#none").display = bool(found), not found
        if found:
            listed.highlighted = min(at if at is not None else len(found) - 1, len(found) - 1)
            listed.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        place = self._places[event.option_index]
        self.app.push_screen(ReviewScreen(self.runner, self.person, place, self._make_player))

    def action_away(self) -> None:
        """Go back."""
        self.leave(False)


def looking_back(
    runner: Runner, person: str, table: str | None = None, make_player: MakePlayer | None = None
) -> ReviewScreen | ConversationsScreen:
    """Where somebody looks back: the last conversation of a table, or all there are to choose from."""
    found = tuple(places(runner.state, viewer_of(person)))
    here = [place for place in found if place.track == table]
    if here or len(found) == 1:
        return ReviewScreen(runner, person, (here or found)[-1], make_player)
    return ConversationsScreen(runner, person, make_player)
