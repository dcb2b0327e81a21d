"""A conversation that was recorded and written down, to look back at.

Ana leads and Ben is the parent; Chen watches. The conversation lasts 300 seconds of which 20 were not recorded:
recording `r1` holds 10 to 140, and `r2` 160 to 300.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samples import TRIAD, Play

from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.hearing_events import Dropped, Line, Span
from roleplay.session.texts import Text
from roleplay.store.protocol import Store

CONVERSATION = "1.1r1"

SPEECH: Mapping[str, Sequence[tuple[int, float, float]]] = {
    "r1": [(0, 0, 4), (0, 4.5, 20), (1, 20.4, 60), (0, 30, 30.6), (0, 58, 90), (1, 92, 130)],
    "r2": [(0, 0, 5), (1, 7, 80), (0, 81, 100), (1, 101.2, 140)],
}
"""Channel, from, to, in seconds of each recording. By hand, on the time of the step:

    ana  10.0- 30.0  20.0 s, a pause of 0.5 in it          ben  30.4- 70.0  39.6 s, after 0.4
    ana  40.0- 40.6   0.6 s, listening                     ana  68.0-100.0  32.0 s, 2.0 before ben ended
    ben 102.0-140.0  38.0 s, after 2.0
    ana 160.0-165.0   5.0 s                                ben 167.0-240.0  73.0 s, after 2.0
    ana 241.0-260.0  19.0 s, after 1.0                     ben 261.2-300.0  38.8 s, after 1.2
"""

LINES: Mapping[str, Sequence[tuple[int, float, float, str, float | None]]] = {
    "r1": [
        (0, 0, 4, "Good morning, Ben.", 0.97),
        (0, 4.5, 20, "How did the week go, and what happened on the bus?", 0.94),
        (1, 20.4, 58, "It was hard. Nobody called us.", 0.91),
        (0, 58, 90, "Did you call the school?", 0.88),
        (1, 92, 130, "I did, twice, and Ana’s office said to wait.", 0.41),
    ],
    "r2": [
        (0, 0, 5, "I see.", 0.9),
        (1, 7, 80, "He walked home alone. Élodie saw him.", 0.86),
        (0, 81, 100, "What would help him most?", None),
        (1, 101.2, 140, "A call, that is all.", 0.95),
    ],
}


def before_it() -> Play:
    """The conversation has just begun, and everybody has said yes to being recorded."""
    play = Play.started(TRIAD)
    play.go_to(CONVERSATION)
    for person in play.state.people:
        play.do(hc.AnswerConsent(person, yes=True))
    return play


def listen(play: Play, id: str, two_channels: bool = True) -> None:
    """Find the speech of a recording, and write it down."""
    spans = tuple(Span(channel=channel, start=start, end=end) for channel, start, end in SPEECH[id])
    play.do(hc.NoteSpeech("t1", id, spans if two_channels else tuple(_one_channel(spans)), "silero"))
    lines = tuple(
        Line(channel=who if two_channels else None, start=a, end=b, text=play.text(said), confidence=sure)
        for who, a, b, said, sure in LINES[id]
    )
    dropped = (Dropped(start=130, end=138, why="silence"),) if id == "r2" else ()
    play.do(hc.AddTranscript("t1", id, "whisper", "base", "en", lines, dropped))


def _one_channel(spans: Sequence[Span]) -> list[Span]:
    return [span.model_copy(update={"channel": 0}) for span in spans]


def keep(play: Play, store: Store, session: str = "spoken") -> None:
    """Put a session into a store."""
    setting = play.state.setting
    scenario = store.put_content(setting.bundle.model_dump_json())
    plan = store.put_content(setting.plan.model_dump_json())
    opened = play.events[0].model_copy(update={"scenario": scenario, "plan": plan})
    texts = [Text(id=id, salt="salt", text=said) for id, said in play.words.items()]
    store.append(session, 0, [opened, *play.events[1:]], texts)


def spoken(two_channels: bool = True, notes: Sequence[tuple[float, str | None]] = (), over: bool = True) -> Play:
    """The conversation, recorded, marked and written down.

    Args:
        two_channels: each of the two had a microphone.
        notes: who spoke from how many seconds into the conversation on, as Chen noted it.
        over: the conversation is over.
    """
    play = before_it()
    begun = play.now
    moments: list[tuple[float, c.Command]] = [
        (10.0, hc.StartRecording("t1", "r1", two_channels=two_channels)),
        (45.0, c.TapMarker("t1", "tap1", "names-feeling", "chen", "ana")),
        (72.0, c.TapMarker("t1", "tap2", "solves", "chen", "ana")),
        (140.0, hc.EndRecording("t1", "r1", "microphone", 130.0)),
        (150.0, c.TapMarker("t1", "tap3", "names-feeling", "chen", "ana")),
        (160.0, hc.StartRecording("t1", "r2", two_channels=two_channels)),
        *((at, hc.SetSpeaker("t1", speaker, "chen")) for at, speaker in notes),
    ]
    for at, command in sorted(moments, key=lambda moment: moment[0]):
        play.tick(begun + at - play.now)
        play.do(command)
    play.tick(begun + 299.0 - play.now)
    play.do(c.Next("t1"), 1.0) if over else None
    play.do(hc.EndRecording("t1", "r2", "step-over", 140.0))
    for id in ("r1", "r2"):
        listen(play, id, two_channels)
    return play
