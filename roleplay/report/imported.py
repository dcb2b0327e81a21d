"""What became of files of answers, said file by file and answer by answer; and what could not be placed, kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from roleplay.conduct.answer_files import dump_answers
from roleplay.conduct.import_answers import Imported
from roleplay.conduct.placing_answers import Fate
from roleplay.store.files import free_name

_SAY: dict[Fate, str] = {
    "taken": "taken",
    "corrected": "corrected",
    "same": "already there",
    "older": "older than what is there",
    "refused": "not placed",
}


def imported_as_text(imported: Sequence[Imported]) -> str:
    """Every file with its person and each of its answers, then the sum."""
    return "\n".join(line for one in imported for line in _lines(one)) + f"\n{_sum(imported)}"


def _lines(one: Imported) -> Iterator[str]:
    if one.problem:
        yield f"{plain(one.sent.label)}: {one.problem} {one.mend}".rstrip()
        return
    yield f"{plain(one.sent.label)}: {plain(one.name)}"
    for outcome in one.outcomes:
        why = f" ({plain(outcome.why)})" if outcome.why else ""
        yield f"  {_SAY[outcome.fate]:<24}  {plain(outcome.written.title or outcome.written.key)}{why}"


def _sum(imported: Sequence[Imported]) -> str:
    fates = Counter(outcome.fate for one in imported for outcome in one.outcomes)
    said = [f"{fates[fate]} {words}" for fate, words in _SAY.items() if fates[fate]]
    whole = [one for one in imported if one.problem]
    said += [f"{_count(len(whole), 'file')} not taken"] if whole else []
    people = len({(one.file.session, one.file.person) for one in imported if one.file and not one.problem})
    who = f" from {_count(people, 'person')}" if people else ""
    return f"{_count(len(imported), 'file')}{who}: {', '.join(said) or 'nothing in it'}."


def _count(number: int, what: str) -> str:
    many = {"person": "people"}.get(what, f"{what}s")
    return f"{number} {what if number == 1 else many}"


def imported_as_json(imported: Sequence[Imported]) -> str:
    """The same for programs."""
    told = [
        {
            "file": one.sent.label,
            "session": one.file.session if one.file else None,
            "person": one.name or None,
            "problem": one.problem or None,
            "answers": [
                {"key": o.written.id, "title": o.written.title, "fate": o.fate, "why": o.why or None}
                for o in one.outcomes
            ],
        }
        for one in imported
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def not_placed(imported: Sequence[Imported]) -> dict[str, str]:
    """File name to what could not be placed and would be lost: answers with the reason, and texts that were pasted."""
    files: dict[str, str] = {}
    for one in imported:
        if one.file and one.refused:
            answers = tuple(o.written.model_copy(update={"why": o.why}) for o in one.refused)
            kept = dump_answers(one.file.model_copy(update={"answers": answers}))
            name = f"not-placed-{free_name(one.name, ())}-{one.file.session}"
        elif one.problem and not one.sent.stays:
            kept, name = one.sent.text, "not-placed-pasted"
        else:
            continue
        ending = ".json" if one.file else ".txt"
        number = 1
        while (path := f"{name}{f'-{number}' if number > 1 else ''}{ending}") in files:
            number += 1
        files[path] = kept
    return files


def plain(words: str) -> str:
    """Words from a file as one line that can do nothing to a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
