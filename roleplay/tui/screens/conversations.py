"""The conversations of a session that are over, to choose one and look back at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

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

if TYPE_CHECKING:
    from roleplay.tui.app import RoleplayApp


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
        self.apart = False
        """The session is open for this alone, and nobody leads it: what is written down goes through it."""
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
        if self.apart:
            cast("RoleplayApp", self.app).queue.enter(self.runner)
        self._fill()

    def on_unmount(self) -> None:
        """Let go of the session."""
        if self.apart:
            cast("RoleplayApp", self.app).queue.leave()

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
    runner: Runner, person: str, table: str | None = None, *, apart: bool = False, make_player: MakePlayer | None = None
) -> ReviewScreen | ConversationsScreen:
    """Where somebody looks back: at the last conversation of a table, or at all there are to choose from.

    Args:
        runner: the session.
        person: who looks; the facilitator, too.
        table: the table that is meant.
        apart: the session is open for this alone, and nobody leads it.
        make_player: what plays.
    """
    found = tuple(places(runner.state, viewer_of(person)))
    here = [place for place in found if place.track == table]
    chosen = (here or found)[-1] if here or len(found) == 1 else None
    screen: ReviewScreen | ConversationsScreen = (
        ReviewScreen(runner, person, chosen, make_player)
        if chosen
        else ConversationsScreen(runner, person, make_player)
    )
    screen.apart = apart
    return screen
