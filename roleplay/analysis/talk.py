"""How a conversation between few people went: who spoke how much, in which turns, and how speakers followed each other.

Speech comes as stretches (who, from, to) in seconds of a step, from one channel for each speaker or from an observer's
notes. Nothing is counted over a time that was not listened to. The words are those of the literature on turn-taking: a
silence within one speaker's turn is a *pause*, one between two speakers a *gap* (Heldner & Edlund 2010, Pauses, gaps
and overlaps in conversations, Journal of Phonetics 38). No figure here is good or bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

PAUSE = 1.0
"""Seconds of silence at which a turn is over. In conversation, about one second is the longest silence that people
usually leave (Jefferson 1989, Preliminary notes on a possible metric which provides for a 'standard maximum' silence of
approximately one second in conversation)."""

BACKCHANNEL = 1.0
"""What is no longer than so many seconds and lies within the other's turn is a sign of listening, such as “mhm”. One
second is the limit of a very short utterance in Heldner, Edlund, Hjalmarsson & Laskowski 2011 (Very short utterances
and timing in turn-taking, Interspeech)."""

INTERRUPTION = 0.5
"""Seconds that two people have to speak at once before a change of speakers is called an interruption. Zimmerman & West
1975 (Sex roles, interruptions and silences in conversation) ask for more than two syllables, some 0.4 seconds; speech
is found to about a tenth of a second here. Shorter overlaps belong to every smooth change: those of Levinson & Torreira
2015 (Timing in turn-taking, Frontiers in Psychology 6) last under 0.3 seconds on average."""

_CROSSED = 0.5
_ENOUGH = 5.0

TalkHow = Literal["channels", "toggle"]
"""How it is known who spoke: each had a microphone, or an observer noted it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody speaks."""

    speaker: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Covered:
    """A time about which something is known: it was recorded, or somebody noted who spoke."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Noted:
    """From this moment on, this person speaks; or nobody."""

    at: float
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until a pause of a second: speech with shorter pauses in it."""

    speaker: str
    start: float
    end: float
    backchannel: bool = False
    """It is a sign of listening within the other's turn, and no turn of its own."""

    @property
    def seconds(self) -> float:
        """From the first word to the last."""
        return round(self.end - self.start, 3)


@dataclass(frozen=True, slots=True)
class Gap:
    """The silence before somebody answered."""

    by: str
    """Who answered."""
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it was."""
        return round(self.end - self.start, 3)


@dataclass(frozen=True, slots=True)
class Interruption:
    """Somebody began while another spoke, went on, and had the floor afterwards."""

    by: str
    start: float
    end: float
    """Until when both spoke."""


@dataclass(frozen=True, slots=True)
class PersonTalk:
    """The figures of one person; those that only two channels give are None otherwise."""

    speaker: str
    seconds: float
    share: float | None
    """Of all that was said, from 0 to 1; None where nobody said anything."""
    turns: int
    longest: float
    """Seconds of the longest turn, from its first word to its last."""
    answers: int | None = None
    """How often this person began after another had ended."""
    pause: float | None = None
    """The typical silence before such an answer, in seconds: the median. Stivers et al. 2009 (Universals and cultural
    variation in turn-taking in conversation, PNAS 106) measure the same from the end of a question."""
    longest_pause: float | None = None
    interruptions: int | None = None
    backchannels: int | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """How a conversation went."""

    how: TalkHow
    seconds: float
    """How long the conversation was."""
    covered: tuple[Covered, ...]
    turns: tuple[Turn, ...]
    """In order of their beginning, signs of listening among them."""
    people: tuple[PersonTalk, ...]
    gaps: tuple[Gap, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    crossed: bool = False
    """Both channels hold the same speech for most of the time, so that they do not say who spoke."""

    @property
    def known(self) -> float:
        """Seconds about which something is known."""
        return round(sum(part.end - part.start for part in self.covered), 3)

    def person(self, speaker: str) -> PersonTalk:
        """The figures of one person; raises KeyError for somebody else."""
        for one in self.people:
            if one.speaker == speaker:
                return one
        raise KeyError(speaker)


def talk_from_channels(
    stretches: Iterable[Stretch], covered: Iterable[Covered], seconds: float, speakers: Sequence[str]
) -> Talk:
    """How a conversation went in which each speaker had a channel.

    Args:
        stretches: where each speaks; what lies outside of what was recorded is cut off.
        covered: what was recorded, one part for each recording.
        seconds: how long the conversation was.
        speakers: who takes part, in the order in which they are told.
    """
    parts = tuple(sorted(covered, key=lambda part: part.start))
    heard = tuple(stretches)
    by_part = [_within(heard, part) for part in parts]
    speech = {who: [s for found in by_part for s in joined(found, who, 0.0)] for who in speakers}
    turns: list[Turn] = []
    gaps: list[Gap] = []
    cut: list[Interruption] = []
    for found in by_part:
        here = _turns(found, speakers)
        turns += here
        for before, after in _changes(turn for turn in here if not turn.backchannel):
            if after.start >= before.end:
                gaps.append(Gap(after.speaker, before.end, after.start))
            elif after.start > before.start and before.end - after.start >= INTERRUPTION:
                cut.append(Interruption(after.speaker, after.start, before.end))
    return Talk(
        how="channels",
        seconds=seconds,
        covered=parts,
        turns=tuple(turns),
        people=tuple(_person(who, speech, turns, gaps, cut) for who in speakers),
        gaps=tuple(gaps),
        interruptions=tuple(cut),
        crossed=_are_crossed(list(speech.values())),
    )


def talk_from_notes(notes: Iterable[Noted], seconds: float, speakers: Sequence[str]) -> Talk:
    """How a conversation went of which an observer noted who spoke.

    Pauses and overlaps cannot be noted by hand, so they are not counted. What was noted last holds until the end.

    Args:
        notes: from when on who spoke, in the order in which it was noted.
        seconds: how long the conversation was.
        speakers: who takes part, in the order in which they are told.
    """
    kept = tuple(notes)
    stretches = noted_stretches(kept, seconds)
    begun = min((note.at for note in kept), default=seconds)
    speech = {who: joined(stretches, who, 0.0) for who in speakers}
    turns = [Turn(one.speaker, one.start, one.end) for who in speakers for one in joined(stretches, who, PAUSE)]
    turns.sort(key=lambda turn: turn.start)
    return Talk(
        how="toggle",
        seconds=seconds,
        covered=(Covered(begun, seconds),) if begun < seconds else (),
        turns=tuple(turns),
        people=tuple(_counted(who, speech, turns) for who in speakers),
    )


def noted_stretches(notes: Iterable[Noted], seconds: float) -> list[Stretch]:
    """Who spoke from when to when: until the next note, and the last one until the end of the conversation."""
    kept = sorted((note for note in notes if note.at < seconds), key=lambda note: note.at)
    ends = [*(note.at for note in kept[1:]), seconds]
    return [
        Stretch(note.speaker, note.at, end)
        for note, end in zip(kept, ends, strict=False)
        if note.speaker is not None and end > note.at
    ]


def joined(stretches: Iterable[Stretch], speaker: str, pause: float) -> list[Stretch]:
    """The speech of one person in order, with what overlaps or has a shorter silence between made one."""
    found: list[Stretch] = []
    for one in sorted((s for s in stretches if s.speaker == speaker), key=lambda s: s.start):
        silence = round(one.start - found[-1].end, 3) if found else None
        if silence is not None and (silence <= 0 or silence < pause):
            found[-1] = Stretch(speaker, found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def _within(stretches: Iterable[Stretch], part: Covered) -> list[Stretch]:
    cut = (Stretch(s.speaker, max(s.start, part.start), min(s.end, part.end)) for s in stretches)
    return [stretch for stretch in cut if stretch.end > stretch.start]


def _turns(stretches: Sequence[Stretch], speakers: Sequence[str]) -> list[Turn]:
    """The turns of one recording, in order."""
    found = [turn for who in speakers for turn in joined(stretches, who, PAUSE)]
    return sorted(
        (Turn(one.speaker, one.start, one.end, _is_backchannel(one, found)) for one in found),
        key=lambda turn: (turn.start, turn.end),
    )


def _is_backchannel(one: Stretch, turns: Iterable[Stretch]) -> bool:
    """Whether it is very short, and begins and ends within a turn of somebody else."""
    short = round(one.end - one.start, 3) <= BACKCHANNEL
    return short and any(
        other.speaker != one.speaker and other.start <= one.start and one.end <= other.end
        for other in turns
        if other.end - other.start > one.end - one.start
    )


def _changes(turns: Iterable[Turn]) -> Iterator[tuple[Turn, Turn]]:
    """Each change of speakers: the turn before and the turn after. Whoever begins and ends while another goes on
    speaking has not taken the floor."""
    floor: list[Turn] = []
    for turn in turns:
        if not floor or turn.speaker == floor[-1].speaker or turn.end > floor[-1].end:
            floor.append(turn)
    return ((before, after) for before, after in pairwise(floor) if before.speaker != after.speaker)


def _person(
    who: str,
    speech: dict[str, list[Stretch]],
    turns: Sequence[Turn],
    gaps: Sequence[Gap],
    cut: Sequence[Interruption],
) -> PersonTalk:
    counted = _counted(who, speech, turns)
    pauses = [gap.seconds for gap in gaps if gap.by == who]
    return PersonTalk(
        speaker=who,
        seconds=counted.seconds,
        share=counted.share,
        turns=counted.turns,
        longest=counted.longest,
        answers=len(pauses),
        pause=round(median(pauses), 3) if pauses else None,
        longest_pause=max(pauses, default=None),
        interruptions=sum(one.by == who for one in cut),
        backchannels=sum(turn.backchannel for turn in turns if turn.speaker == who),
    )


def _counted(who: str, speech: dict[str, list[Stretch]], turns: Iterable[Turn]) -> PersonTalk:
    spoken = {speaker: sum(one.end - one.start for one in of) for speaker, of in speech.items()}
    together = sum(spoken.values())
    own = [turn.seconds for turn in turns if turn.speaker == who and not turn.backchannel]
    return PersonTalk(
        speaker=who,
        seconds=round(spoken[who], 3),
        share=spoken[who] / together if together else None,
        turns=len(own),
        longest=max(own, default=0.0),
    )


def _are_crossed(speech: Sequence[Sequence[Stretch]]) -> bool:
    """Whether more than half of what the quieter of two is said to have said lies under the other's speech: in
    conversation that is less than a tenth, so that one microphone hears both."""
    if len(speech) != 2:
        return False
    less = min(sum(one.end - one.start for one in of) for of in speech)
    both = sum(max(0.0, min(a.end, b.end) - max(a.start, b.start)) for a in speech[0] for b in speech[1])
    return less >= _ENOUGH and both > _CROSSED * less
