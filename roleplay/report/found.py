"""What was found in transcripts, for the terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from roleplay.analysis.transcript import Found, search
from roleplay.content.durations import say_clock
from roleplay.report.heard import Heard
from roleplay.report.sources import Sources
from roleplay.report.templating import say_when
from roleplay.session.state import State
from roleplay.session.visible import FACILITATOR_VIEWER, visible


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line in which all words stand that were looked for."""

    session: str
    title: str
    opened: int | None
    """UTC milliseconds."""
    table: str
    conversation: str
    at: float
    """Seconds into the conversation."""
    speaker: str
    """Empty where it is not known."""
    text: str
    places: tuple[Found, ...]


def found_in(state: State, words: Mapping[str, str], session: str, looked_for: str) -> Iterator[FoundLine]:
    """The lines of a session's transcripts in which all words stand, as its owner may read them."""
    sources = Sources(state, words, visible(state, FACILITATOR_VIEWER))
    for track in sources.tracks if sources.view.recordings else ():
        for planned in track.steps:
            heard = Heard(sources, track, planned)
            texts = [sources.said(line.text) for line in heard.lines]
            for number, places in search(texts, looked_for):
                speaker = heard.lines[number].speaker
                yield FoundLine(
                    session=session,
                    title=sources.setting.scenario.title,
                    opened=state.opened,
                    table=track.title if len(state.tracks) > 1 else "",
                    conversation=heard.title,
                    at=heard.lines[number].start,
                    speaker=sources.name(speaker) if speaker else "",
                    text=texts[number],
                    places=places,
                )


def found_as_text(lines: Sequence[FoundLine], mark: Callable[[str], str], zone: tzinfo = UTC) -> str:
    """Each line below its session, with the words marked."""
    rows: list[str] = []
    session = ""
    for line in lines:
        if line.session != session:
            session = line.session
            rows += [
                *([""] if rows else []),
                " · ".join(part for part in (session, line.title, _when(line, zone)) if part),
            ]
        where = ", ".join(part for part in (line.table, line.conversation) if part)
        rows.append(f"  {where} · {say_clock(line.at)}  {line.speaker or 'Somebody'}: {_marked(line, mark)}")
    return "\n".join(rows)


def found_as_json(lines: Sequence[FoundLine]) -> str:
    """A list for programs; places are from and to, in letters of the text."""
    return json.dumps(
        [
            {
                "session": line.session,
                "title": line.title,
                "opened": _iso(line),
                "table": line.table,
                "conversation": line.conversation,
                "at": line.at,
                "speaker": line.speaker,
                "text": line.text,
                "places": [[place.start, place.end] for place in line.places],
            }
            for line in lines
        ],
        ensure_ascii=False,
        indent=2,
    )


def _iso(line: FoundLine) -> str:
    return "" if line.opened is None else datetime.fromtimestamp(line.opened / 1000, UTC).isoformat(timespec="seconds")


def _when(line: FoundLine, zone: tzinfo) -> str:
    return say_when(_iso(line), zone) if line.opened is not None else ""


def _marked(line: FoundLine, mark: Callable[[str], str]) -> str:
    parts, done = [], 0
    for place in line.places:
        if place.start >= done:
            parts += [line.text[done : place.start], mark(line.text[place.start : place.end])]
            done = place.end
    return "".join([*parts, line.text[done:]])
