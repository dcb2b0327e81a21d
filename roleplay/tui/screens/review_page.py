"""The page of a conversation that is looked back at: it paints, and follows what is heard."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from roleplay.conduct.runner import Runner
from roleplay.content.durations import say_clock
from roleplay.session.events import Event
from roleplay.session.hearing_events import HearingEvent
from roleplay.session.state import State
from roleplay.session.visible import viewer_of
from roleplay.tui import moments as m
from roleplay.tui.listening import Listening, MakePlayer, Plays
from roleplay.tui.review_view import Place, Review, places, say_writing
from roleplay.tui.screens.private import PrivateScreen
from roleplay.tui.widgets.moment_list import MomentList
from roleplay.tui.widgets.picture import figures_of, picture_of

if TYPE_CHECKING:
    from roleplay.conduct.transcribing import TranscriptQueue
    from roleplay.tui.app import RoleplayApp

_LISTEN = 0.25
"""Seconds between two looks at what is heard."""


class ReviewPage(PrivateScreen):
    """The picture, the figures, what is the matter, and the moments."""

    DEFAULT_CSS = """
    ReviewPage #picture { height: auto; padding: 0 1; }
    ReviewPage #table { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
    ReviewPage #figures { height: auto; color: $text-muted; }
    ReviewPage #standing { height: auto; padding: 0 1; color: $text-accent; }
    ReviewPage MomentList { margin: 0 1; }
    ReviewPage #find { display: none; margin: 0 1; &.-shown { display: block; } }
    ReviewPage Static.-empty { display: none; }
    ReviewPage.-reading #table { height: 1fr; }
    ReviewPage.-reading MomentList { display: none; }
    ReviewPage.-roomy #picture, ReviewPage.-roomy #table { margin: 1 0 0 0; }
    ReviewPage.-roomy MomentList { margin: 1 1 0 1; }
    """

    def __init__(
        self, runner: Runner, person: str, place: Place | None = None, make_player: MakePlayer | None = None
    ) -> None:
        """
        Args:
            runner: the session.
            person: who looks; the facilitator, too.
            place: the conversation to begin with; without it the last one.
            make_player: what plays.
        """
        self.place = place or tuple(places(runner.state, viewer_of(person)))[-1]
        super().__init__(runner, self.place.track, person, self.place.step)
        self.listening = Listening(
            make_player or _player, lambda id: self.desk.shelf.find(runner.session, id), time.monotonic, self._silent
        )
        self.apart = False
        """The session is open for this alone, and nobody leads it: what is written down goes through it."""
        self.in_full: bool | None = None
        self.originals = False
        self.found = ""
        self.follows: int | None = None
        """From which row on the cursor follows what is heard; None where somebody has moved it since."""
        self._stop_following: Callable[[], None] | None = None
        self._stop_waiting: Callable[[], None] | None = None
        self.review = self._seen()

    def what(self) -> str:
        """For the first line."""
        return "looking back"

    @property
    def places(self) -> tuple[Place, ...]:
        """The conversations that can be looked back at now."""
        return tuple(places(self.runner.state, viewer_of(self.person)))

    def _seen(self) -> Review:
        return Review(self.runner.state, self.runner.words, self.view, self.place)

    def content(self) -> ComposeResult:
        """The picture, the figures, what is the matter, the moments, and a line to search with."""
        yield Static(id="picture")
        with VerticalScroll(id="table"):
            yield Static(id="figures")
        yield Static(id="standing")
        yield MomentList(id="moments")
        yield Input(placeholder="words to look for", id="find")

    def buttons(self) -> ComposeResult:
        """Playing, for the mouse."""
        yield Button("Play", id="play", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin at the top, and follow what happens."""
        super().on_mount()
        self._stop_following = self.runner.listen(self._happened)
        self._stop_waiting = self.queue.on_change(self.paint)
        if self.apart:
            self.queue.enter(self.runner)
        self.set_interval(_LISTEN, self.paint_position)
        self.paint()
        self.query_one(MomentList).focus()

    async def on_unmount(self) -> None:
        """Be silent, and let go of the session."""
        if self.apart:
            self.queue.leave()
        for stop in (self._stop_following, self._stop_waiting):
            if stop is not None:
                stop()
        await self.listening.stop()

    def on_resize(self) -> None:
        """As much as there is space for."""
        roomy = self.size.height >= 32
        if roomy != self.has_class("-roomy"):
            self.set_class(roomy, "-roomy")
            self.in_full = None
        self.paint()

    def _happened(self, state: State, happened: Sequence[Event]) -> None:  # noqa: ARG002 - as a listener is called
        if self.is_attached and any(isinstance(event, HearingEvent) for event in happened):
            self.paint()

    # Painting

    def paint_time(self) -> None:
        """While a conversation runs, nobody looks back at it."""
        if self.is_current and self.place not in self.places:
            self.hand_back()
            return
        position, several = self.listening.position, self.places
        heard = f"▶ {say_clock(position)}" if position is not None else ""
        number = f"{several.index(self.place) + 1} of {len(several)}" if len(several) > 1 else ""
        self.aside = " · ".join(part for part in (heard, number) if part)

    def paint(self) -> None:
        """Show the conversation as it is now."""
        if not self.is_mounted or self.place not in self.places:
            return
        self.review = self._seen()
        here = self.listening.here(self.review)
        if self.listening.position is not None and not here:
            self.run_worker(self.listening.stop(), group="sound")
        self.heading = f"{self.runner.name(self.person)} · {self.review.title} · {self.review.cast}"
        # A small window has space for one of the two.
        self.set_class(self.shows_figures and not self.has_class("-roomy"), "-reading")
        self._put("figures", figures_of(self.review.talk, self._width, self.shows_figures))
        self._put("standing", Content(self._standing(here)))
        self.query_one(MomentList).show(self.review.moments, self.found, self.originals)
        self.paint_position()
        self.refresh_bindings()

    def _standing(self, here: Collection[str]) -> str:
        """What is the matter with its sound and its words, or how far writing it down is."""
        going, mine = self.queue.standing, {one.id for one in self.review.unwritten}
        if going.job is not None and going.job.session == self.runner.session and going.job.recording in mine:
            return say_writing(going.progress)
        if any(job.session == self.runner.session and job.recording in mine for job in going.waiting):
            return (
                f"It cannot be written down yet. {going.problem}" if going.problem else "It will be written down next."
            )
        return self.review.standing(here)

    @property
    def queue(self) -> TranscriptQueue:
        """What writes down, behind the screens."""
        return cast("RoleplayApp", self.app).queue

    @property
    def _width(self) -> int:
        return max(0, self.size.width - 2)

    @property
    def shows_figures(self) -> bool:
        """Whether the figures stand there in full: as somebody wants it, else where there is space."""
        return self.has_class("-roomy") if self.in_full is None else self.in_full

    def paint_position(self) -> None:
        if not self.is_mounted:
            return
        position, listed = self.listening.position, self.query_one(MomentList)
        moments = self.review.moments
        if position is not None:
            heard = m.moment_at(moments, position)
            listed.hear(heard)
            if self.follows is not None and heard is not None and heard > self.follows:
                listed.highlighted = heard
        else:
            listed.hear(None)
        at = position if position is not None else self.chosen.into if self.chosen else None
        self._put("picture", picture_of(self.review.strip, self._width, at))
        self.query_one("#play", Button).label = "Stop" if position is not None else "Play"
        self.paint_time()

    def _put(self, id: str, content: Content) -> None:
        static = self.query_one(f"#{id}", Static)
        if static.content != content:
            static.update(content)
        static.set_class(not content.plain, "-empty")

    @property
    def at(self) -> int:
        return self.query_one(MomentList).highlighted or 0

    @property
    def chosen(self) -> m.Moment | None:
        """The row with the cursor."""
        found = self.review.moments
        return found[self.at] if self.at < len(found) else None

    def _silent(self, why: str) -> None:
        """It ended by itself."""
        if self.is_mounted:
            self.tell(why)
            self.paint_position()


def _player(ended: Callable[[str], None]) -> Plays:
    from roleplay.audio.player import Player

    return Player(ended)
