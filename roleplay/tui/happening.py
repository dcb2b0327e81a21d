"""What happens in the conversation that runs: what is still to come, what all may read, and for whom a note waits."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.content.durations import say_clock
from roleplay.session.forms import PlannedInject, injects_of
from roleplay.session.visible import ROOM, SeenInject, seen_injects, viewer_of
from roleplay.tui.scene import Scene

_NAMED = 2
"""So many people of a role are named; of more, the role is."""


@dataclass(frozen=True, slots=True)
class Note:
    """A private inject that was given, and those of whom one has to be shown it."""

    inject: str
    role: str
    """The title of the role that they play."""
    people: tuple[str, ...]
    says: str = ""
    """As whom they say it aloud; nothing where they are those who get it."""


def open_injects(scene: Scene) -> tuple[PlannedInject, ...]:
    """What can still happen in this step."""
    if scene.step is None:
        return ()
    given = scene.track.injects.get(scene.step.id, {})
    return tuple(item for item in injects_of(scene.state.setting, scene.step) if item.id not in given)


def comes_by_itself(scene: Scene, item: PlannedInject) -> bool:
    """Whether something that is still open happens without the facilitator."""
    return item.inject.at != "facilitator" and not is_held(scene, item)


def is_held(scene: Scene, item: PlannedInject) -> bool:
    """Whether something is held back."""
    return scene.step is not None and (scene.step.id, item.id) in scene.track.held_back


def say_inject(scene: Scene, item: PlannedInject) -> str:
    """For whom an inject is and from whom; never what it says, since anybody may look."""
    to = item.inject.to
    who = "everyone" if to == "everyone" else _say_people(scene, scene.scenario.roles[to].title, _playing(scene, to))
    origin = scene.scenario.origin_of(item.inject)
    return f"For {who}, from {origin}" if origin else f"For {who}"


def say_when(scene: Scene, item: PlannedInject) -> str:
    """When something that is still open happens."""
    at = item.inject.at
    if at == "facilitator":
        return "when you choose"
    clock = say_clock(at)
    return f"held back; was to come at {clock}" if is_held(scene, item) else f"comes by itself at {clock}"


def spoken(scene: Scene) -> tuple[SeenInject, ...]:
    """The injects of this step that may be read by whoever looks at the screen, the oldest first."""
    viewer = viewer_of(scene.alone) if scene.alone else ROOM
    seen = seen_injects(scene.state, scene.track, viewer)
    return tuple(sorted((i for i in seen if scene.step and i.step == scene.step.id), key=lambda i: i.at))


def say_who(inject: SeenInject) -> str:
    """The words before what is said: who says it, as the reader hears it; nothing where nobody does."""
    if inject.mine:
        return f"You say this now, as {inject.from_}:"
    return f"{inject.from_} says:" if inject.from_ else ""


def notes(scene: Scene) -> tuple[Note, ...]:
    """The private injects that were given in this step, the oldest first.

    What somebody at the table says aloud is shown to those who say it: the others hear it.
    """
    if scene.step is None or scene.alone:
        return ()
    given = scene.track.injects.get(scene.step.id, {})
    items = [item for item in injects_of(scene.state.setting, scene.step) if item.id in given]
    found = []
    for item in sorted(items, key=lambda item: given[item.id].at):
        if item.inject.to == "everyone":
            continue
        speakers = _playing(scene, item.inject.from_ or "")
        role = item.inject.from_ if speakers and item.inject.from_ else item.inject.to
        if people := _playing(scene, role):
            says = scene.scenario.origin_of(item.inject) if speakers else None
            found.append(Note(item.id, scene.scenario.roles[role].title, people, says or ""))
    return tuple(found)


def say_note(scene: Scene, note: Note, key: str) -> str:
    """For whom a note waits; `key` opens it."""
    alone = scene.name(note.people[0]) if len(note.people) == 1 else ""
    who = alone or _say_people(scene, note.role, note.people)
    show = f"show {alone or 'one of them'} the laptop – press {key}"
    return f"{who} now speaks as {note.says}: {show}" if note.says else f"Card for {who}: {show}"


def _say_people(scene: Scene, title: str, people: tuple[str, ...]) -> str:
    if not people:
        return title
    return f"{title} ({scene.names(people) if len(people) <= _NAMED else f'{len(people)} people'})"


def _playing(scene: Scene, role: str) -> tuple[str, ...]:
    """Those who play a role in this step, bots left out."""
    people = scene.step.cast.get(role, ()) if scene.step else ()
    return tuple(person for person in people if not scene.is_bot(person))
