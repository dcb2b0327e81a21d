"""A report as a page, as Markdown or as data: a template `report.NAME.j2` makes a format NAME."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, tzinfo
from functools import cache

from roleplay.problems import CommandProblem, nearest
from roleplay.report.parts import Report
from roleplay.report.templating import environment


def formats() -> tuple[str, ...]:
    """Every format in which a report can be had."""
    templates = environment().list_templates(filter_func=lambda name: name.startswith("report."))
    return (*(name.split(".")[1] for name in templates), "json")


def render(report: Report, format: str, zone: tzinfo = UTC) -> str:
    """Write a report down.

    Args:
        report: what to write.
        format: one of `formats()`.
        zone: where its reader is, for the date in the heading; data always have UTC.

    Raises:
        CommandProblem: there is no such format.
    """
    if format == "json":
        # What programs read of a session without recordings stays as it was before there were any.
        return report.model_dump_json(indent=2, exclude=None if report.talks else {"talks"}) + "\n"
    if format not in formats():
        mend = f"{nearest(format, formats())} There are: {', '.join(formats())}."
        raise CommandProblem(f"There is no report as “{format}”.", mend.strip())
    return environment().get_template(f"report.{format}.j2").render(report=report, zone=zone, digest=_digest())


@cache
def _digest() -> str:
    """What lets a page run the one script that plays its sound, and no other."""
    script = environment().get_template("talk.js").render()
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
