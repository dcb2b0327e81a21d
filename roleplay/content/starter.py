"""A first file of one's own: short, complete, and with a comment that teaches each key to people who do not program."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

from roleplay.content.ids import as_id
from roleplay.problems import CommandProblem, reason_of

StarterKind = Literal["scenario", "rubric"]


def starter_text(kind: StarterKind, title: str, name: str) -> str:
    """The text of a new file called `name.yaml`; it passes the check, with the bundled rubric `listening`."""
    text = (_SCENARIO if kind == "scenario" else _RUBRIC).replace("NAME", name)
    # A JSON text is also a YAML text in double quotes, whatever the title contains.
    return text.replace("TITLE", json.dumps(title, ensure_ascii=False))


def copy_text(original: str, title: str) -> str:
    """A file's text under another title, to be changed; without the line that names its schema by where it lies."""
    lines = [line for line in original.splitlines() if not line.startswith("# yaml-language-server:")]
    while lines and lines[0].strip() in ("", "#"):
        del lines[0]
    for n, line in enumerate(lines):
        # A title that goes on in the lines below is left as it is.
        if line.startswith("title:") and line.removeprefix("title:").strip()[:1] not in ("", ">", "|"):
            lines[n] = f"title: {json.dumps(title, ensure_ascii=False)}"
    return "\n".join(lines) + "\n"


def write_new(kind: StarterKind, name: str, folder: Path, original: str | None = None) -> Path:
    """Write a starter file into a folder, which is made if needed, and never over a file that is there.

    Args:
        kind: a scenario or a rubric.
        name: what it is called, as a title or as the name of a file.
        folder: where it is written.
        original: the text of a file to begin with, instead of the starter.

    Raises:
        CommandProblem: the name cannot be one, a file has it already, or the folder cannot be written to.
    """
    title = " ".join(name.split())
    id = file_name(title)
    if title == id:
        title = title.replace("-", " ").capitalize()
    path = folder / f"{id}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(copy_text(original, title) if original else starter_text(kind, title, id))
    except OSError as error:
        if os.path.lexists(path):
            mend = "Choose another name, or edit that file."
            raise CommandProblem(f"There is already a {kind} {path}.", mend) from None
        raise CommandProblem(f"{path} cannot be written: {reason_of(error)}.", "Look at the folder.") from error
    return path


def file_name(title: str) -> str:
    """A title as a name for a file: small letters, digits and hyphens; CommandProblem where nothing is left."""
    id = as_id(title)
    if not id or not title.isprintable() or len(title) > 100:
        raise CommandProblem(
            f'"{title[:40]}" cannot be the name of a file.', "Use up to 100 letters and digits, such as: A hard talk"
        )
    return id


_SCENARIO = """\
# A scenario of your own. What stands behind a # is a note to you; the program does not read it.
#
#   roleplay check NAME.yaml        says what is still to be mended, and on which line
#   roleplay rehearse NAME.yaml     lets bots play it, in a second
#   roleplay run NAME.yaml          opens it for you and your people
#
#   Good to know:
#     - It can be played as it stands. To make it yours, change what stands behind the colons.
#     - The spaces at the start of a line matter: what belongs to a line above stands two spaces further in.
#     - Put quotes around text that contains a colon: "Like this: good."
#     - Lengths of time are written 6m, 90s or 1m30s.

# The number of this file format. Leave it as it is.
format: 1

title: TITLE

# Why this is played, in two sentences. Long text may go on over several lines after >-
about: >-
  The school leader listens to a parent who is upset, and does not solve the problem.
  The parent should leave feeling heard.

# For whom it is, and what is practised. You may delete these lines.
audience: People who prepare to lead a school
practice: [listening, naming feelings]

# Who takes part at one table. The word before the colon is the name by which this file speaks of the role.
roles:
  leader:
    title: School leader
    # What this role does; it is printed on every card of the role.
    about: Find out what happened and how it feels. Do not solve it yet.
    # This role leads the conversation and gets the feedback.
    leads: true
  partner:
    title: Parent
  observer:
    title: Observer
    # People who are left over join in this role.
    extra: true

# How many people sit at one table.
groups: {size: 3}

# What the conversation is about. With several cases, each round takes the next one.
cases:
  - id: lost-bag
    title: The lost bag
    cards:
      # Everybody at the table may know this.
      everyone: >-
        It is Thursday afternoon. The parent of Noor, who is nine, has come to the office.
      # Only the leader gets this.
      leader: >-
        You have heard that Noor lost a school bag this week. You do not know more.
      # Only the partner, here the parent, gets this.
      partner: >-
        The bag was thrown into the bushes by other children. It is the third time this term,
        and nobody has called you back. You are tired more than angry.
    # What the leader can find out by listening. It should be on the partner's card.
    hidden:
      - {id: third-time, fact: "It is the third time this term."}
      - {id: no-call, fact: "Nobody has called the parent back."}

# What happens, step by step. The kinds of steps are: brief, prepare, play, feedback, journal and debrief.
script:
  - name: Welcome
    kind: brief
    length: 2m
    # All tables do this together.
    scope: class
    # What people read while the step runs.
    prompts: ["You will play each role once."]

  # The steps in this block repeat until each person has played each role.
  - rotate: every-role
    steps:
      - name: Read your card
        kind: prepare
        length: 1m
        # The leader guesses his or her own levels beforehand, on this rubric.
        forecast: listening

      - name: Conversation
        kind: play
        length: 5m
        # A warning this long before the end.
        warn: [1m]
        # The observer taps the markers of this rubric.
        markers: listening
        # Something that happens on the way, and who reads it.
        injects:
          - {at: 3m, to: partner, say: "If you feel heard, say what you are most afraid of."}

      - name: Feedback
        kind: feedback
        length: 4m
        # Who fills in which form about whom.
        forms:
          - {rubric: listening, by: observer, about: leader}

  - name: Journal
    kind: journal
    length: 3m
    # Everybody answers these alone.
    prompts:
      - "When did the conversation change?"
      - "What will you do next time?"

  - name: Debrief
    kind: debrief
    length: 5m
    scope: class
    # Questions for all, in this order: reactions, description, analysis, application.
    guide:
      - {phase: reactions, ask: "How was that?"}
      - {phase: description, ask: "What happened, at your table?"}
      - {phase: analysis, ask: "What helped the parent to say more?"}
      - {phase: application, ask: "Where will you use this?"}
"""

_RUBRIC = """\
# A rubric of your own: what to look for, and how to answer. What stands behind a # is a note to you.
#
#   roleplay check NAME.yaml        says what is still to be mended, and on which line
#
# A scenario in the same folder uses it by its name, NAME: behind "rubric:", "markers:" or "forecast:".

# The number of this file format. Leave it as it is.
format: 1

title: TITLE

about: What this rubric is for, in a sentence.

# How the criteria are answered. "levels" are numbers with a word each, lowest first.
# Other ways are {kind: checklist}, {kind: count} and {kind: text}.
scale:
  kind: levels
  levels: {1: Not yet, 2: Emerging, 3: Solid, 4: Strong}

# What to look for. The id is a short name in small letters, digits and hyphens.
criteria:
  - id: names-feelings
    title: Names what the other person feels
    # What one can see or hear. You may delete this.
    look_for:
      - Says a feeling in words, and waits for the answer
    # What a level looks like; the lowest and the highest are needed.
    levels:
      1: Feelings are passed over
      4: Names the feeling, and the other person agrees
    # Which levels need a marker or a quote: never, at-ends (the lowest and the highest) or always.
    evidence: at-ends

# What the observer taps while the conversation runs. The key is one small letter or one digit.
markers:
  - {id: names-feeling, key: f, title: Names a feeling, criterion: names-feelings, tone: helps}
  - {id: jumps-to-fix, key: s, title: Jumps to a solution, criterion: names-feelings, tone: hinders}

# Open questions, answered in words.
prompts:
  - {id: moment, ask: "Which moment changed the conversation?"}
"""
