"""What the conversations show that were recorded, or of which somebody noted who spoke.

It is made from what the reader may see. No figure is a judgement; where nobody can know who spoke, none is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from roleplay.analysis.conversation import recorded
from roleplay.analysis.markers import in_order
from roleplay.analysis.talk import Covered, PersonTalk, Stretch, joined
from roleplay.analysis.transcript import left_out_in
from roleplay.content.durations import say_clock
from roleplay.report import talk as t
from roleplay.report.heard import Heard
from roleplay.report.sources import Sources
from roleplay.report.takes import take_title
from roleplay.session.heard import Recording
from roleplay.session.hearing_events import DropWhy

_UNSURE = 0.6
"""Below this confidence, a line is told as not sure."""

_LEFT_OUT: Mapping[DropWhy, str] = {
    "silence": "nobody spoke here, and the program had made something up",
    "repeated": "the program had written the same again and again",
    "doubtful": "the program could not make out what was said",
}


def talk_parts(sources: Sources, sounds: Mapping[str, str] | None = None) -> Iterator[t.TalkPart]:
    """The conversations of which there is a recording or a note that the reader may see, table by table.

    Args:
        sources: the session.
        sounds: where the report goes out with its sound, the file of each recording that has one.
    """
    for track in sources.tracks:
        for planned in track.steps:
            heard = Heard(sources, track, planned)
            if heard.recordings or heard.changes:
                yield talk_part(heard, sounds)


def talk_part(heard: Heard, sounds: Mapping[str, str] | None = None) -> t.TalkPart:
    """What one conversation shows."""
    sources, track, planned, talk = heard.sources, heard.track, heard.planned, heard.talk
    parts = talk.covered if talk else recorded(heard.recordings)
    return t.TalkPart(
        name=planned.name,
        round=planned.round,
        number=planned.take,
        title=heard.title,
        take=take_title(sources, track, planned.id),
        table=track.title if len(sources.state.tracks) > 1 else "",
        seconds=heard.seconds,
        covered=_covered(heard, parts),
        noted=heard.noted,
        how=_how(heard),
        lanes=tuple(_lanes(heard)),
        apart=tuple(_apart(parts, heard.seconds)),
        moments=tuple(
            sources.moment(track, mark)
            for mark in in_order(mark for id, mark in sources.view.marks if (id, mark.step) == (track.id, planned.id))
        ),
        events=tuple(
            t.Event(at=track.injects[planned.id][one.id].into, to=sources.title_of(one.to), say=one.say)
            for one in sources.view.injects
            if (one.track, one.step) == (track.id, planned.id)
        ),
        speakers=sources.names(heard.speakers) if talk else (),
        figures=tuple(_figures(heard)),
        notes=tuple(_notes(heard)),
        said=tuple(_said(heard)),
        left_out=tuple(
            t.LeftOutPart(at=gone.start, end=gone.end, why=_LEFT_OUT[gone.why])
            for gone in left_out_in(heard.recordings)
        ),
        unrecorded=tuple(_apart(recorded(heard.recordings), heard.seconds)) if heard.recordings else (),
        sounds=() if sounds is None else tuple(_sound(one, sounds) for one in heard.recordings if one.seconds != 0),
    )


def _covered(heard: Heard, parts: Sequence[Covered]) -> str:
    return f"{_say_known(parts, heard.seconds)} {'noted' if heard.noted else 'recorded'}"


def _say_known(parts: Sequence[Covered], seconds: float) -> str:
    return f"{say_clock(sum(part.end - part.start for part in parts))} of {say_clock(seconds)}"


def _how(heard: Heard) -> str:
    if heard.talk is not None and not heard.noted:
        return "Each of the two had a microphone, so it is known who spoke when."
    if heard.talk is not None:
        return (
            "An observer noted who spoke, by hand, so times are good to a second or two. Pauses before an answer and "
            "interruptions cannot be seen this way."
        )
    if heard.crossed:
        return (
            "Both microphones heard the same voices for most of the time, so there is no way to know who spoke. No "
            "shares are shown."
        )
    if any(one.voices for one in heard.recordings):
        return "Nobody has looked yet for where in the sound somebody speaks, so no figures are shown."
    return (
        "One microphone heard everybody, and nobody noted who spoke, so there is no way to know who spoke for how "
        "long. No shares are shown."
    )


def _lanes(heard: Heard) -> Iterator[t.Lane]:
    sources, talk = heard.sources, heard.talk
    if talk is not None:
        for who in heard.speakers:
            yield t.Lane(
                name=sources.name(who),
                role=sources.role(heard.planned, who),
                bars=tuple(
                    t.Bar(start=turn.start, end=turn.end, listening=turn.backchannel)
                    for turn in talk.turns
                    if turn.speaker == who
                ),
                interruptions=tuple(one.start for one in talk.interruptions if one.by == who),
            )
        return
    spoken = [
        Stretch("", one.into + span.start, one.into + span.end) for one in heard.recordings for span in one.speech or ()
    ] or [Stretch("", line.start, line.end) for line in heard.lines]
    if spoken:
        bars = tuple(t.Bar(start=one.start, end=one.end) for one in joined(spoken, "", 0.0))
        yield t.Lane(name="Somebody speaks", role="", bars=bars)


def _apart(parts: Sequence[Covered], seconds: float) -> Iterator[t.Apart]:
    at = 0.0
    for part in (*parts, Covered(seconds, seconds)):
        # What is shorter than a second is the moment that a microphone takes to open.
        if part.start - at >= 1.0:
            yield t.Apart(start=at, end=part.start)
        at = max(at, part.end)


def _figures(heard: Heard) -> Iterator[t.Figure]:
    talk = heard.talk
    if talk is not None:
        people = talk.people
        covered = _covered(heard, talk.covered)
        how = f"As somebody noted it, {covered}" if heard.noted else f"From their microphones, {covered}"
        yield _figure("Talk time", (_say_share(one) for one in people), how)
        yield _figure("Turns", (str(one.turns) for one in people), how, "a turn goes on over a pause of under a second")
        yield _figure("Longest turn", (say_clock(one.longest) for one in people), how)
        if not heard.noted:
            yield _figure(
                "Pause before answering",
                (_say_pause(one) for one in people),
                how,
                "from the end of one to the beginning of the other",
            )
            yield _figure(
                "Interruptions",
                (str(one.interruptions) for one in people),
                how,
                "began while the other spoke, both for half a second or more, and went on",
            )
            yield _figure(
                "Signs of listening",
                (str(one.backchannels) for one in people),
                how,
                "such as “mhm”: up to a second, within the other’s turn",
            )
    yield from _questions(heard)


def _questions(heard: Heard) -> Iterator[t.Figure]:
    asked = heard.asked
    if asked is None:
        return
    written = [one for one in heard.recordings if one.transcript]
    how = f"From the transcript, {_say_known(recorded(written), heard.seconds)} written down"
    left = sum(line.speaker is None for line in heard.lines)
    if "" in asked:
        how += "; by anybody, since it is not known who said what"
    elif left:
        how += f"; {left} line{'s' if left != 1 else ''} left out whose speaker is not known"
    for kind, title, means in (
        ("open", "Open questions", "for an answer in one’s own words; told by how they begin"),
        ("closed", "Closed questions", "for yes or no, for one of several things, or for a fact"),
    ):
        yield _figure(title, (str(sum(q.kind == kind for q in of)) for of in asked.values()), how, means)


def _figure(title: str, values: Iterator[str], how: str, means: str = "") -> t.Figure:
    return t.Figure(title=title, values=tuple(values), how=how, means=means)


def _say_share(one: PersonTalk) -> str:
    share = f" ({round(100 * one.share)}%)" if one.share is not None else ""
    return f"{say_clock(one.seconds)}{share}"


def _say_pause(one: PersonTalk) -> str:
    if not one.answers or one.pause is None or one.longest_pause is None:
        return "–"
    if one.answers == 1:
        return f"{one.pause:.1f} s (one answer)"
    return f"{one.pause:.1f} s typical, {one.longest_pause:.1f} s longest ({one.answers} answers)"


def _notes(heard: Heard) -> Iterator[str]:
    sources = heard.sources
    written = [one.transcript for one in heard.recordings if one.transcript]
    if written:
        engines = ", ".join(dict.fromkeys(f"{one.engine}, {one.model}" for one in written))
        yield f"Written down on this computer by {engines}. It makes mistakes; whoever said a line can correct it."
        if heard.asked is None:
            yield "Questions are counted in English only so far, so none are counted here."
    for one in heard.recordings:
        if one.transcript is None and one.failed is not None:
            yield f"The recording from {say_clock(one.into)} could not be written down: {sources.said(one.failed)}"
        elif one.transcript is None:
            yield f"The recording from {say_clock(one.into)} has not been written down yet."


def _said(heard: Heard) -> Iterator[t.SaidPart]:
    sources = heard.sources
    kinds: dict[int, list[str]] = {}
    for of in (heard.asked or {}).values():
        for question in of:
            kinds.setdefault(question.line, []).append(question.kind)
    for number, line in enumerate(heard.lines):
        yield t.SaidPart(
            at=line.start,
            speaker=sources.name(line.speaker) if line.speaker else "",
            how=line.how,
            text=sources.said(line.text),
            original=sources.said(line.original),
            corrected_by=sources.name(line.corrected_by) if line.corrected_by else "",
            unsure=line.corrected_by is None and line.confidence is not None and line.confidence < _UNSURE,
            questions=tuple(kinds.get(number, ())),
        )


def _sound(one: Recording, sounds: Mapping[str, str]) -> t.SoundPart:
    file = "" if one.erased else sounds.get(one.id, "")
    note = "The sound was erased." if one.erased else "" if file else "The sound is not on this computer."
    return t.SoundPart(into=one.into, seconds=one.seconds or 0.0, file=file, note=note)
