"""One conversation that was recorded or noted, as far as a reader may see it: for a report and for a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from roleplay.analysis.conversation import noted_in, recorded, talk_in
from roleplay.analysis.questions import Question, Spoken, questions
from roleplay.analysis.talk import Talk
from roleplay.analysis.timing import play_seconds
from roleplay.analysis.transcript import SaidLine, lines_in
from roleplay.planning.plan import PlannedStep
from roleplay.report.sources import Sources
from roleplay.session.heard import Recording, SpeakerChange
from roleplay.session.recording import speakers_of
from roleplay.session.state import TrackState


@dataclass(frozen=True)
class Heard:
    """One conversation, as far as the reader may see it."""

    sources: Sources
    track: TrackState
    planned: PlannedStep

    @property
    def title(self) -> str:
        """`Round 2: The bus`, or the name of the step outside the rounds."""
        planned, case = self.planned, self.sources.case_title(self.planned)
        rotates = self.sources.setting.scenario.rotates
        name = f"Round {planned.round}" if planned.round and rotates else planned.name
        return f"{name}: {case}" if case else name

    @cached_property
    def recordings(self) -> tuple[Recording, ...]:
        """Its recordings that have ended, in order."""
        mine = (self.track.id, self.planned.id)
        seen = [one for id, one in self.sources.view.recordings if (id, one.step) == mine and not one.runs]
        return tuple(sorted(seen, key=lambda one: one.into))

    @cached_property
    def changes(self) -> tuple[SpeakerChange, ...]:
        """Who spoke, as observers noted it."""
        mine = (self.track.id, self.planned.id)
        return tuple(one for id, one in self.sources.view.speakers if (id, one.step) == mine)

    @cached_property
    def seconds(self) -> float:
        """How long it was."""
        spent = play_seconds(self.track, self.planned.id, self.sources.state.now)
        return max([spent, *(part.end for part in recorded(self.recordings))])

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Who took part, the leader first."""
        return speakers_of(self.sources.setting, self.planned)

    @cached_property
    def talk(self) -> Talk | None:
        """How it went, where it is known who spoke."""
        found = talk_in(self.recordings, self.changes, self.seconds, self.speakers)
        return None if found is None or found.crossed else found

    @property
    def noted(self) -> bool:
        """Whether it is known from what somebody noted by hand."""
        return self.talk is not None and self.talk.how == "toggle"

    @property
    def crossed(self) -> bool:
        """Whether each of two had a microphone, and both heard the same."""
        found = talk_in(self.recordings, self.changes, self.seconds, self.speakers)
        return found is not None and found.crossed

    @cached_property
    def lines(self) -> tuple[SaidLine, ...]:
        """What was said."""
        return lines_in(self.recordings, noted_in(self.changes, self.seconds))

    @cached_property
    def asked(self) -> Mapping[str, tuple[Question, ...]] | None:
        """Speaker to the questions, by number of their line here; all under an empty name where no speaker is known.
        None where nothing is written down, or in a language whose questions are not known."""
        languages = {one.transcript.language for one in self.recordings if one.transcript}
        spoken = [Spoken(n, self.sources.said(line.text)) for n, line in enumerate(self.lines)]
        known = self.talk is not None and any(line.speaker for line in self.lines)
        found: dict[str, tuple[Question, ...]] = {}
        for who in self.speakers if known else ("",):
            of = [one for one in spoken if not known or self.lines[one.line].speaker == who]
            asked = questions(of, next(iter(languages), ""))
            if asked is None:
                return None
            found[who] = asked
        return found if languages else None
