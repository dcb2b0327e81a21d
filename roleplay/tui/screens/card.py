"""One person's own card: who they are in this round, what all may know, and what they alone may know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from roleplay.analysis.carried import Carried
from roleplay.conduct.clock import wall_now
from roleplay.conduct.runner import Runner
from roleplay.content.scenario import Role
from roleplay.content.words import paragraphs
from roleplay.planning.plan import PlannedStep
from roleplay.session.state import State
from roleplay.session.visible import SeenCard, SeenInject
from roleplay.tui.last_time import say_answer, say_kept
from roleplay.tui.screens.private import PrivateScreen


class CardScreen(PrivateScreen):
    """Where somebody reads their card; what reaches them during the conversation appears on it."""

    HELP = """\
Your own card for this round. What stands under your role's name is for your eyes alone.

Scroll with the arrow keys or the mouse. If something happens to you during the conversation, it appears here too.
"""
    DEFAULT_CSS = """
    CardScreen #card { height: 1fr; padding: 1 2; }
    CardScreen #card > Static { max-width: 90; margin: 0 0 1 0; }
    CardScreen .event { border-left: thick $warning; padding: 0 1; }
    CardScreen .fact { padding: 0 0 0 2; }
    """

    def __init__(self, runner: Runner, person: str, carried: Sequence[Carried] = ()) -> None:
        super().__init__(runner, runner.state.track_of(person).id, person)
        self._carried = tuple(one for one in carried if one.by == person and not one.open)
        self._shown: State | None = None

    def what(self) -> str:
        """For the first line."""
        return "your card"

    def content(self) -> ComposeResult:
        """The card."""
        yield VerticalScroll(id="card")

    def paint_time(self) -> None:
        """Show the time, and the card anew where something has happened."""
        super().paint_time()
        state = self.runner.state
        if state is self._shown:
            return
        self._shown = state
        card = self.query_one("#card", VerticalScroll)
        parts = list(self._parts())
        if [(str(old.content), old.classes) for old in card.query(Static)] != [
            (str(new.content), new.classes) for new in parts
        ]:
            card.remove_children()
            card.mount_all(parts)

    def _parts(self) -> Iterator[Static]:
        cards = [card for card in self.view.cards if card.track == self.track_id]
        if not cards:
            if self.track.step is not None:
                yield from self._events(self.track.step)
            yield from self._no_card_yet()
        else:
            # The cards of a round are handed out together, and the newest round is the one that counts.
            yield from self._card([card for card in cards if card.step == cards[-1].step])
        yield from self._last_time()

    def _last_time(self) -> Iterator[Static]:
        """What the reader wrote in an earlier session, and not all who are here may read."""
        for one in self._carried:
            yield _say(say_kept(one, wall_now()), "section")
            yield from (_say(say_answer(label, words)) for label, words in one.lines)

    def _no_card_yet(self) -> Iterator[Static]:
        yield _say("There is no card for you yet.", "section")
        ahead = next((step for step in self.track.steps if step.case and not self.track.has_begun(step.id)), None)
        if ahead is None:
            yield _say("In this session nobody needs a card. Just listen to what the facilitator says.")
            return
        role = self._role(ahead)
        yield _say(f"You get it when “{ahead.name}” begins.")
        if role:
            yield _say(f"You will play: {role}.")

    def _card(self, cards: list[SeenCard]) -> Iterator[Static]:
        planned = self.track.planned(cards[0].step)
        scenario = self.runner.state.setting.scenario
        role = planned.plays(self.person)
        if where := " · ".join(self._where(planned)):
            yield _say(where, "muted")
        yield from self._events(planned)
        yield _say(self._role(planned) or "You have no role in this round.", "section")
        if role:
            yield from _paragraphs("\n".join(say_plays(scenario.roles[role])))
            yield from _paragraphs(scenario.roles[role].about or "")
        yield _say(scenario.case(cards[0].case).title, "section")
        own = [card for card in cards if card.role == role]
        for card in cards:
            if card.role == "everyone":
                yield from _paragraphs(card.text)
        for card in own:
            yield _say("For your eyes alone", "section")
            yield from _paragraphs(card.text)
            if card.hidden:
                yield _say("Only you know this. Let it out when it feels earned.", "section")
                for fact in card.hidden:
                    yield _say(f"– {fact.fact}", "fact")

    def _events(self, planned: PlannedStep) -> Iterator[Static]:
        """What has reached the reader, the newest first: it is what the card is opened for."""
        for inject in sorted(self.view.injects, key=lambda inject: -inject.at):
            if inject.track == self.track_id and self.track.planned(inject.step).round == planned.round:
                yield from self._event(inject)

    def _event(self, inject: SeenInject) -> Iterator[Static]:
        planned = self.track.planned(inject.step)
        role = planned.plays(self.person)
        others = [p for p in planned.cast[role] if p != self.person] if role and inject.to != "everyone" else []
        head = f"From {inject.from_}:" if inject.from_ else "This has just happened:"
        if inject.mine:
            head = f"{'One of you says' if others else 'You say'} this now, as {inject.from_}:"
        yield _say(head, "section")
        for line in paragraphs(inject.say):
            yield _say(line, "event")
        if others:
            yield _say(f"It is for all of you, also for {', '.join(map(self.runner.name, others))}.", "muted")

    def _where(self, planned: PlannedStep) -> Iterator[str]:
        if planned.round is not None:
            yield f"Round {planned.round} of {self.track.rounds}"
        if len(self.runner.state.tracks) > 1:
            yield self.track.title

    def _role(self, planned: PlannedStep) -> str:
        role = planned.plays(self.person)
        return self.runner.state.setting.scenario.roles[role].title if role else ""


def say_plays(role: Role) -> Iterator[str]:
    """Whom somebody plays in a role, and as whom they also speak, where the role says so."""
    if role.plays:
        yield f"You play: {role.plays}."
    if role.also:
        yield f"You also speak as: {role.also}."


def _paragraphs(text: str) -> Iterator[Static]:
    return (_say(line) for line in paragraphs(text))


def _say(words: str, classes: str = "") -> Static:
    return Static(words, classes=classes, markup=False)
