"""What a check of a file yields: where and what. A path in the file as its author sees it, and one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from roleplay.content.yaml_tree import Path
from roleplay.problems import nearest

Finding = tuple[Path, str]


def step_path(source: str) -> Path:
    """The path of a step, by its place in the script: see `Scenario.steps`."""
    number, _, inner = source.partition(".")
    return ("script", int(number), "steps", int(inner)) if inner else ("script", int(number))


def under(path: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings further in."""
    return (((*path, *inner), sentence) for inner, sentence in findings)


def twice(path: Path, words: list[str], key: str | None) -> Iterator[Finding]:
    """Words of a list that stand there before."""
    seen: Counter[str] = Counter()
    for i, word in enumerate(words):
        if seen[word]:
            yield (*path, i, *((key,) if key else ())), f'"{word}" is already used by number {words.index(word) + 1}'
        seen[word] += 1


def say_unknown(what: str, word: str, known: Iterable[str], listed: Iterable[str] | None = None) -> str:
    """That a word names nothing here, with the nearest word that does, or else a short list."""
    near = nearest(word, known)
    listed = dict.fromkeys(listed if listed is not None else known)
    several = "criteria" if what == "criterion" else f"{what}s"
    more = near or (f"The {several} are {', '.join(listed)}." if 0 < len(listed) <= 8 else "")
    return f'there is no {what} "{word}". {more}'.strip()
