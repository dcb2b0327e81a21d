"""What leads to all about recordings from a leading screen: asking people, the microphone, stopping, taking back."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from roleplay.audio.chosen import load_choices, save_choices
from roleplay.audio.devices import NoMicrophone, look_for_microphones, not_set_up
from roleplay.extras import can_record
from roleplay.problems import CommandProblem
from roleplay.session.hearing_commands import StopRecording
from roleplay.session.recording import asked, everyone_agrees, still_to_ask
from roleplay.session.state import TrackState
from roleplay.settings import home_folder
from roleplay.tui import recording_words as words
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.consent import ConsentScreen, ask
from roleplay.tui.screens.leading import LeadingScreen
from roleplay.tui.screens.pick_person import PickPerson
from roleplay.tui.screens.recording import RecordingDialog


class HearingScreen(LeadingScreen):
    """A leading screen that knows of recordings; it owns no rule about them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "recording", "Recording", id="stage.recording", tooltip="Recording: who was asked, how loud"),
    ]

    asks_first = False
    """People are asked about being recorded as soon as the screen is there."""

    def on_mount(self) -> None:
        """Ask first, where that was wished."""
        if self.asks_first:
            self.asks_first = False
            self.app.push_screen(ConsentScreen(self.runner))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing about recordings where the script wants none."""
        if action == "recording":
            return words.offered(self.runner.state)
        return super().check_action(action, parameters)

    @property
    def _heard_tables(self) -> tuple[TrackState, ...]:
        return tuple(t for t in self.runner.state.open_tracks if self.meant in (None, t.id))

    def action_recording(self) -> None:
        """All about recordings."""
        self.run_worker(self._recording(), group="private", exclusive=True)

    async def _recording(self) -> None:
        state = self.runner.state
        if not state.consents and state.ended is None:
            if not can_record():
                # Nobody is asked for what cannot be done anyway.
                self.say(not_set_up())
                return
            # Nobody was asked, so there is nothing else to do yet.
            await self.app.push_screen_wait(ConsentScreen(self.runner))
            return
        wish = await self.app.push_screen_wait(RecordingDialog(self._tell, self._wishes()))
        match wish:
            case "stop":
                await self.do(StopRecording(self.meant))
            case "retry":
                self.conductor.recorder.retry(self.meant)
            case "again":
                await self._again()
            case "ask":
                await self.app.push_screen_wait(ConsentScreen(self.runner))
            case "answer":
                await self._answer_again()
            case "microphone":
                await self._choose_microphone()

    def _tell(self) -> str:
        """How it stands at each table that is meant, and what all may know of the answers."""
        state, recorder = self.runner.state, self.conductor.recorder
        several = len(state.open_tracks) > 1
        lines = []
        for track in self._heard_tables:
            standing = recorder.standing(track.id)
            told = words.explain(state, track, standing)
            lines.append(f"{track.title}: {told}" if several else told)
            if standing.microphone:
                lines.append(f"{words.meter(standing)}  {standing.microphone}")
        if everyone_agrees(state) or still_to_ask(state):
            lines.append(words.say_result(state))
        lines.append(words.say_to_ask(state, self.runner.words))
        return "\n".join(line for line in lines if line)

    def _wishes(self) -> list[tuple[str, str]]:
        state, tables = self.runner.state, self._heard_tables
        wishes = []
        if state.ended is None:
            if any(self.conductor.recorder.standing(track.id).why_not in ("disk", "fault") for track in tables):
                wishes.append(("retry", "Try to record again"))
            if everyone_agrees(state) and not all(track.recording_off for track in tables):
                wishes.append(("stop", "Stop recording; anyone may ask for it"))
            if any(track.recording_off for track in tables):
                wishes.append(("again", "Record again"))
            if still_to_ask(state):
                wishes.append(("ask", "Ask who was not asked yet"))
            wishes.append(("microphone", "Choose another microphone"))
        wishes.append(("answer", "Somebody answers anew, or takes back a yes"))
        return wishes

    async def _again(self) -> None:
        question = Question(
            "Record again?",
            "Somebody stopped it. Ask first whether everybody at the table agrees.",
            yes="Everybody agrees",
            no="Not now",
        )
        if await self.app.push_screen_wait(question):
            try:
                await self.conductor.recorder.again(self.meant)
            except CommandProblem as problem:
                self.say(problem)

    async def _answer_again(self) -> None:
        state = self.runner.state
        people = asked(state) if state.ended is None else state.humans
        # Whoever has left may still take a yes back.
        people = tuple(dict.fromkeys((*people, *(p for p in state.humans if p in state.away))))
        entries = [(person, self.runner.name(person)) for person in people]
        chosen = await self.app.push_screen_wait(PickPerson("Who wants to answer anew?", entries))
        if chosen is not None:
            await ask(self, self.runner, chosen, later=False)

    async def _choose_microphone(self) -> None:
        """Another microphone, which is remembered; where there are several tables, for one of them."""
        track = await self._choose_table()
        if track is None:
            return
        several = len(self.runner.state.open_tracks) > 1
        home = home_folder()
        try:
            choices, known = load_choices(home), await look_for_microphones()
            if not known:
                raise NoMicrophone("No microphone was found.", "Plug one in, then choose it here.")
            chosen = choices.tables.get(track.title) if several else choices.of(track.title)
            others = {name: title for title, name in choices.tables.items() if several and title != track.title}
            entries = [(one.name, words.say_microphone(one, chosen, others.get(one.name, ""))) for one in known]
            question = f"Which microphone for {track.title}?" if several else "Which microphone?"
            name = await self.app.push_screen_wait(Choose(question, entries, "It is remembered by its name."))
            if name is None:
                return
            own = track.title if several or track.title in choices.tables else None
            save_choices(home, choices.using(name, own) if own else choices.using(name))
        except CommandProblem as problem:
            self.say(problem)
        else:
            self.conductor.recorder.change_microphone(track.id)

    async def _choose_table(self) -> TrackState | None:
        tables = self._heard_tables
        if len(tables) > 1:
            entries = [(track.id, track.title) for track in tables]
            chosen = await self.app.push_screen_wait(Choose("For which table?", entries))
            return self.runner.state.tracks[chosen] if chosen is not None else None
        return tables[0] if tables else None
