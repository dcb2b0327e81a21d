"""The observer's keys on the stage: a letter stamps a moment, a digit chooses the person where several are watched."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType

from roleplay.session import commands as c
from roleplay.session.hearing_commands import SetSpeaker
from roleplay.tui import marking, speaking
from roleplay.tui.screens.handing import HandingScreen
from roleplay.tui.widgets.subjects import Subjects


class MarkingScreen(HandingScreen):
    """A screen on which observers mark; its scene knows who taps, and about whom."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "untap", "Unmark", show=False, id="stage.unmark", tooltip="Take the last mark back"),
        Binding("ctrl+o", "observer", "Observer", show=False, id="stage.observer", tooltip="Change the observer"),
        Binding("tab", "speaks", "Speaks", show=False, id="stage.speaks", tooltip="The next one speaks now"),
        Binding("shift+tab", "silence", "Nobody", show=False, id="stage.silence", tooltip="Nobody speaks now"),
    ]

    def show_now(
        self,
        tapper: str | None = None,
        subject: str | None = None,
        same_step: bool = True,
    ) -> None:
        """Take the state as it is now; what was chosen on the stage holds while the step does."""
        kept = self.scene if same_step and self.scene is not None else self.shown
        self.scene = replace(
            self.shown,
            tapper=kept.tapper if tapper is None else tapper,
            subject=kept.subject if subject is None else subject,
        )

    def on_key(self, event: events.Key) -> None:
        """Letters and digits are the observer's while a conversation runs."""
        if event.character is not None and self.action_stamp(event.character.lower()):
            event.stop()
            event.prevent_default()

    def action_stamp(self, key: str) -> bool:
        """What a letter or a digit means: a mark, or where several are marked the person of that number; or nothing."""
        scene = self.scene
        if scene is None or scene.phase != "running":
            return False
        pair, found, people = marking.tapping(scene), marking.markers(scene), marking.subjects(scene)
        marker = next((m for m in found[1].markers if m.key == key), None) if found else None
        number = marking.DIGITS.find(key)
        if len(people) > 1 and 0 <= number < len(people):
            # Nobody marks what they do themselves.
            if pair is not None and people[number] != pair[0]:
                self.show_now(subject=people[number])
            return True
        if pair is not None and marker is not None:
            self.carry_out(c.TapMarker(scene.table, secrets.token_hex(6), marker.id, *pair))
            return True
        return False

    @on(Subjects.Chosen)
    def _chosen(self, event: Subjects.Chosen) -> None:
        event.stop()
        self.show_now(subject=event.person)

    def action_untap(self) -> None:
        """Take the observer's last mark back."""
        taps = marking.taps(self.scene) if self.scene else ()
        if taps:
            self.carry_out(c.TakeBackMarker(self.shown.table, taps[-1].tap))

    def action_speaks(self) -> None:
        """The next one speaks."""
        following = speaking.next_speaker(self.scene) if self.scene else None
        if following is not None:
            self._note_speaker(following)

    def action_silence(self) -> None:
        """Nobody speaks now."""
        self._note_speaker(None)

    def _note_speaker(self, speaker: str | None) -> None:
        scene = self.scene
        if scene is not None and scene.phase == "running" and speaking.speakers(scene):
            self.carry_out(SetSpeaker(scene.table, speaker, speaking.noter(scene)))

    def action_observer(self) -> None:
        """The next observer taps."""
        other = marking.next_tapper(self.scene) if self.scene else None
        if other is not None:
            self.show_now(tapper=other)
