"""Who speaks in the conversation that runs, as an observer notes it with one key: pure functions of the scene.

Only who speaks now is ever shown here. How long each has spoken is for after the round.
"""

from __future__ import annotations

from rich.cells import cell_len

from roleplay.session.recording import speakers_of
from roleplay.session.state import FACILITATOR
from roleplay.tui import marking
from roleplay.tui.scene import Scene

_LONGEST = 14
"""Cells of a name beside the clock; what is longer is cut."""


def speakers(scene: Scene) -> tuple[str, ...]:
    """Those between whom the key goes round, the leader first; nobody where a bot is the only other one."""
    if scene.step is None or scene.step.kind != "play":
        return ()
    found = tuple(p for p in speakers_of(scene.state.setting, scene.step) if p in scene.humans)
    return found if len(found) > 1 else ()


def speaking(scene: Scene) -> str | None:
    """Who speaks now."""
    last = scene.track.speakers[-1] if scene.track.speakers else None
    here = scene.step is not None and last is not None and last.step == scene.step.id
    return last.speaker if here and last is not None and last.speaker in speakers(scene) else None


def next_speaker(scene: Scene) -> str | None:
    """Whose turn the key notes: after nobody the leader, then one after the other."""
    able, now = speakers(scene), speaking(scene)
    if not able:
        return None
    return able[(able.index(now) + 1) % len(able)] if now is not None else able[0]


def noter(scene: Scene) -> str:
    """Who notes it: the observer who taps, else whoever watches, else the facilitator."""
    now = marking.tapping(scene)
    if now is not None:
        return now[0]
    watching = scene.state.setting.observers(scene.step) if scene.step is not None else ()
    return next((person for person in watching if person in scene.humans), FACILITATOR)


def say_speaking(scene: Scene, key: str, nobody: str) -> str:
    """Who speaks now, with the key that notes the next one and, where it is given, the one that notes nobody."""
    following = next_speaker(scene)
    if following is None or scene.phase != "running":
        return ""
    now = speaking(scene)
    if now is None:
        return f"{key} {_short(scene.name(following))} speaks"
    silent = f" · {nobody} nobody" if nobody else ""
    return f"▸ {_short(scene.name(now))} speaks · {key} {_short(scene.name(following))}{silent}"


def _short(name: str) -> str:
    while cell_len(name) > _LONGEST:
        name = f"{name[:-2]}…"
    return name
