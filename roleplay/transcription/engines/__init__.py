"""The engines: each module alone imports its library, inside functions, and only the worker process loads one."""

from __future__ import annotations

from collections.abc import Collection

from roleplay.problems import CommandProblem, nearest


def check_language(language: str, known: Collection[str], multilingual: bool) -> None:
    """Raise CommandProblem where a loaded model cannot write a language."""
    if language and language not in known:
        mend = nearest(language, known) or 'Two letters name it, as in "en" or "de"; without them it is found out.'
        raise CommandProblem(f"“{language}” is no language that this engine knows.", mend)
    if language not in ("", "en") and not multilingual:
        raise CommandProblem("This model knows only English.", "Take one whose name does not end in “.en”.")
