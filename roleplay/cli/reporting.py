"""Commands that write down what a session showed, and that find what was said."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main
from roleplay.cli.shared import find_session, folders, hand_out, opened_store

if TYPE_CHECKING:
    from roleplay.analysis.masking import Mask
    from roleplay.report.found import FoundLine


@main.command()
@click.argument("session", required=False)
@click.option("--for", "reader", help="Whose report: a name, exactly what this person may see; class; or instructor.")
@click.option("--format", "format_", type=click.Choice(["html", "md", "json"]), help="By default, what -o ends with.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it; otherwise it is printed.")
@click.option("--each", is_flag=True, help="One file for each reader, in the folder given with -o.")
@click.option("--names", is_flag=True, help="In the report for the class, say who was here; never who wrote what.")
@click.option("--with-sound", is_flag=True, help="Put the recordings beside the page, and play them from it.")
@click.option(
    "--mask-names", is_flag=True, help="Call people by their role or a letter, in everything that is written."
)
@click.option("--mask", "masked", multiple=True, metavar="WORDS", help="Leave these words out too; can be repeated.")
def report(
    session: str | None,
    reader: str | None,
    format_: str | None,
    output: Path | None,
    each: bool,
    names: bool,
    with_sound: bool,
    mask_names: bool,
    masked: tuple[str, ...],
) -> None:
    """Write the report of a SESSION.

    Without a session, of the last one. Without --for, it is the instructor's: what is missing, who has led, and all
    that was written about anybody. The report for the class names nobody. Sound leaves this computer only with
    --with-sound: it then lies in a folder beside the page, as far as the reader may hear it."""
    from roleplay.conduct.clock import local_zone
    from roleplay.conduct.history import carried_into, pasts_before
    from roleplay.conduct.opening import read_session
    from roleplay.conduct.series import series_played
    from roleplay.problems import CommandProblem
    from roleplay.report.build import build_report
    from roleplay.report.masking import mask_for, mask_report
    from roleplay.report.reader import format_for, reader_named
    from roleplay.report.render import render

    if each and reader is not None:
        # A report for one person alone must not become one for everybody.
        raise CommandProblem("--for is one reader, and --each is all.", "Leave one of them out.")
    with opened_store() as store:
        found = find_session(store, session)
        state, words = read_session(store, found)
        pasts = pasts_before(store, found, state)
        carried = carried_into(store, found, state, pasts)
    series = series_played(state, folders())
    shelf = None
    if with_sound:
        from roleplay.audio.shelf import Shelf
        from roleplay.settings import home_folder

        shelf = Shelf(home_folder())
        output = output or Path(f"{found}-report{'s' if each else ''}")
        output = output if each or output.suffix else output / "report.html"
    form = format_ or ("html" if each else format_for(None, output))
    if with_sound and form != "html":
        raise CommandProblem("Sound is played from a page only.", "Add: --format html, or -o report.html")
    mask = mask_for(state, words, mask_names, masked) if mask_names or masked else None
    if each:
        from roleplay.report.folder import write_reports

        folder = output or Path(f"{found}-reports")
        kept = write_reports(
            state,
            words,
            found,
            folder,
            local_zone(),
            form,
            carried=carried,
            series=series,
            pasts=pasts,
            names=names,
            mask=mask,
            shelf=shelf,
        )
        for path in kept:
            click.echo(f"Wrote {path}", err=True)
        if with_sound:
            click.echo("Beside each page lies the sound that its reader may hear. Keep them together.", err=True)
            _tell_of_voices(mask)
        return
    viewer = reader_named(state, words, reader)
    if names and viewer.kind != "room":
        raise CommandProblem("--names is for the report of the class.", "Add: --for class")
    sounds = None
    if shelf is not None and output is not None:
        from roleplay.report.with_sound import copy_sounds
        from roleplay.store.files import write_folder

        write_folder(output.parent, {})
        sounds = copy_sounds(state, viewer, found, shelf, output.parent)
    built = build_report(
        state, words, viewer, found, carried=carried, series=series, pasts=pasts, names=names, sounds=sounds
    )
    hand_out(render(mask_report(built, mask) if mask else built, form, local_zone()), output)
    if sounds:
        files = f"{len(sounds)} recording{'s' if len(sounds) != 1 else ''}"
        click.echo(f"Beside it, in the folder sound: {files}. Keep them together.", err=True)
        _tell_of_voices(mask)
    elif sounds is not None:
        click.echo("There is no sound of this session that this reader may hear.", err=True)


def _tell_of_voices(mask: Mask | None) -> None:
    if mask is not None:
        click.echo("Names are masked in what is written. The voices in the sound can still be known.", err=True)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--session", help="Only in this session.")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def search(words: tuple[str, ...], session: str | None, as_json: bool) -> None:
    """Find WORDS in what was said.

    It looks in all transcripts that you keep, newest session first, for lines in which all the words stand. Capitals
    and accents make no difference, and the beginning of a word is enough."""
    from roleplay.conduct.clock import local_zone
    from roleplay.conduct.opening import read_session
    from roleplay.report.found import found_as_json, found_as_text, found_in

    lines: list[FoundLine] = []
    written = False
    with opened_store() as store:
        kept = [find_session(store, session)] if session else [row.id for row in store.sessions()]
        for one in kept:
            state, texts = read_session(store, one)
            written = written or any(r.transcript for track in state.tracks.values() for r in track.recordings.values())
            lines += found_in(state, texts, one, " ".join(words))
    if as_json:
        click.echo(found_as_json(lines))
    elif lines:
        marks = sys.stdout.isatty()
        click.echo(
            found_as_text(lines, lambda word: click.style(word, bold=True) if marks else f"*{word}*", local_zone())
        )
    elif not written:
        click.echo("Nothing that was said has been written down yet, so there is nothing to search.", err=True)
    elif len(words) == 1:
        click.echo(f"Nobody said “{words[0]}” in what was written down.", err=True)
    else:
        click.echo(f"No line that was written down has all of these words: {', '.join(words)}.", err=True)
