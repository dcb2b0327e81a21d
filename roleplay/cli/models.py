"""The command for the models that write down what was said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main

if TYPE_CHECKING:
    from roleplay.transcription.catalogue import EngineName
    from roleplay.transcription.registry import Kind

_ENGINE = click.Choice(["whisper", "faster-whisper"])


@main.command()
@click.option("--download", "wanted", metavar="NAME", help="Fetch a model over the internet.")
@click.option("--import", "brought", metavar="PATH", type=click.Path(path_type=Path), help="Bring one in from a file.")
@click.option("--name", help="What an imported model is to be called.")
@click.option("--remove", "unwanted", metavar="NAME", help="Delete a model.")
@click.option("--engine", type=_ENGINE, help="Which engine it is for.")
def models(
    wanted: str | None,
    brought: Path | None,
    name: str | None,
    unwanted: str | None,
    engine: EngineName | None,
) -> None:
    """List the models that write down what was said.

    Nothing is ever fetched unless you say so with --download. A machine without the internet gets one with
    --import: a file such as base.pt, or the folder of a model that was converted for faster-whisper."""
    if sum(each is not None for each in (wanted, brought, unwanted)) > 1:
        raise click.UsageError("Give one of --download, --import and --remove at a time.")
    if wanted is not None:
        _download(wanted, engine)
    elif brought is not None:
        _import(brought, name)
    elif unwanted is not None:
        _remove(unwanted, engine)
    else:
        _list(engine)


def _list(engine: EngineName | None) -> None:
    from roleplay.store.files import say_size
    from roleplay.transcription.catalogue import ADVICE
    from roleplay.transcription.models import models_here
    from roleplay.transcription.registry import KINDS

    for kind in KINDS:
        if engine not in (None, kind.name):
            continue
        here = models_here(kind.name)
        if not kind.is_here:
            click.echo(_not_set_up(kind))
        else:
            click.echo(kind.name if here else f"{kind.name} has no model yet.")
        for model in here:
            click.echo(f"  {model.name:<16} {say_size(model.size):>7}  {model.path}")
    click.echo("\nTo fetch one: roleplay models --download NAME", err=True)
    for known, advice in ADVICE.items():
        click.echo(f"  {known:<8} {advice}", err=True)


def _not_set_up(kind: Kind) -> str:
    from roleplay.extras import how_to_add

    return f"{kind.name} is not set up. {how_to_add(kind.extra)}"


def _download(name: str, engine: EngineName | None) -> None:
    from time import monotonic

    from roleplay.cli.progress import ProgressLine
    from roleplay.settings import load_settings
    from roleplay.store.files import say_size
    from roleplay.transcription.models import download, models_folder
    from roleplay.transcription.registry import usual

    engine = engine or usual(load_settings().engine).name
    begun: tuple[float, int] | None = None

    def report(have: int, size: int) -> None:
        """Say how large it is before it begins, then how far it is and how long it still takes."""
        nonlocal begun
        if begun is None:
            begun = monotonic(), have
            gone_on = f", of which {say_size(have)} are here already" if have else ""
            what = f"{name} for {engine}: {say_size(size)}{gone_on}, into {models_folder(engine)}"
            click.echo(f"Fetching {what}", err=True)
        since, before = begun
        left = (monotonic() - since) * (size - have) / (have - before) if have > before else None
        line.show(f"{say_size(have)} of {say_size(size)}", have / max(size, 1), left)

    with ProgressLine() as line:
        model = download(engine, name, report)
    click.echo(f"{name} for {engine} is here: {model.path}", err=True)


def _import(path: Path, name: str | None) -> None:
    from roleplay.transcription.models import bring_in
    from roleplay.transcription.registry import KINDS

    model = bring_in(path, name)
    click.echo(f"Copied; {model.name} for {model.engine} is here: {model.path}", err=True)
    (kind,) = (kind for kind in KINDS if kind.name == model.engine)
    if kind.is_here:
        click.echo(f"To write something down with it: roleplay transcribe FILE --model {model.name}", err=True)
    else:
        click.echo(_not_set_up(kind), err=True)


def _remove(name: str, engine: EngineName | None) -> None:
    from roleplay.store.files import say_size
    from roleplay.transcription.models import remove

    model = remove(name, engine)
    click.echo(f"Deleted {model.name} for {model.engine}; that frees {say_size(model.size)}.", err=True)
