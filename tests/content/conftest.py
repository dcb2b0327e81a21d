"""A small scenario and a small rubric that are right, for tests that break them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.content.folders import Folders
from roleplay.content.load import check_files

SCENARIO = """\
format: 1
title: A talk
about: Two people talk.
roles:
  leader: {title: Leader, leads: true}
  parent: {title: Parent, count: 1-2}
  observer: {title: Observer, extra: true}
groups: {size: 3}
cases:
  - id: bag
    title: The bag
    cards:
      parent: It was thrown away.
    hidden:
      - {id: third, fact: It is the third time.}
    injects:
      - {at: 2m, to: parent, say: Go on.}
script:
  - {name: Welcome, kind: brief, length: 2m, scope: class}
  - rotate: every-role
    steps:
      - {name: Read, kind: prepare, length: 1m, forecast: small}
      - name: Talk
        kind: play
        length: 5m
        least: 3m
        warn: [1m]
        markers: small
        takes: 2
        injects:
          - {at: facilitator, to: everyone, from: The bell, say: It rings.}
      - name: Feedback
        kind: feedback
        length: 4m
        learned: true
        forms:
          - {rubric: small, by: observer, about: leader}
          - {rubric: small, by: leader, about: self}
  - {name: Journal, kind: journal, length: 3m, prompts: [What happened?]}
  - name: Debrief
    kind: debrief
    length: 5m
    guide:
      - {phase: reactions, ask: How was it?}
      - {phase: application, ask: What will you do?}
"""

RUBRIC = """\
format: 1
title: Small
scale: {kind: levels, levels: {1: Low, 2: High}}
criteria:
  - id: hears
    title: Hears
    levels: {1: No, 2: Yes}
    evidence: at-ends
markers:
  - {id: nods, key: n, title: Nods, criterion: hears}
prompts:
  - {id: note, ask: What did you see?}
"""

SERIES = """\
format: 1
title: Talks
series: [talk]
opens: {after: done}
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Folders that hold the scenario `talk` and the rubric `small`."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "scenarios" / "talk.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "rubrics" / "small.yaml").write_text(RUBRIC, encoding="utf-8")
    return Folders((tmp_path / "scenarios",), (tmp_path / "rubrics",))


@pytest.fixture
def report(folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """`report(kind, old, new)`: what is said of the sample of that kind, called x.yaml, with `old` made `new`.

    Without `old`, `new` is the whole file. More pairs of `old` and `new` may follow.
    """
    monkeypatch.chdir(tmp_path)

    def problems(kind: str, *changes: str) -> list[str]:
        text = {"scenario": SCENARIO, "rubric": RUBRIC, "series": SERIES}[kind]
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1) if old else new
        Path("x.yaml").write_text(text, encoding="utf-8")
        return [str(problem) for problem in check_files(["x.yaml"], folders)]

    return problems
