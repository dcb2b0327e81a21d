"""Models come only on command, are checked, and lie where only their owner can read them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from handing_out import Server, serving
from made_up_models import write_checkpoint, write_converted

from roleplay.problems import CommandProblem
from roleplay.transcription.models import bring_in, download, find_model, kind_of, models_here, remove


def ignore(have: int, size: int) -> None:
    """Nobody looks at how far it is."""


@pytest.mark.usefixtures("packages")
def test_a_missing_model_is_a_sentence_with_the_command(server: Server) -> None:
    """Nothing is fetched by itself."""
    with pytest.raises(CommandProblem, match="not on this machine") as said:
        find_model("whisper", "base")
    assert said.value.mend == "Fetch it with: roleplay models --download base --engine whisper"
    assert server.asked == []


@pytest.mark.usefixtures("packages")
def test_a_checkpoint_is_fetched(home: Path, server: Server) -> None:
    """It has its place, is found by its name, and is not fetched twice."""
    model = download("whisper", "base", ignore)
    assert model.path == home / "models" / "whisper" / "base.pt"
    assert model.path.read_bytes() == server.content
    assert find_model("whisper", "base") == model.path
    with pytest.raises(CommandProblem, match="here already"):
        download("whisper", "base", ignore)


@pytest.mark.usefixtures("packages")
def test_a_converted_model_is_fetched(home: Path, server: Server, hub: dict[str, bytes]) -> None:
    """All its files arrive, how far it is counts them together, and a model that is half there is none."""
    server.stop_after = 300_000
    with pytest.raises(CommandProblem, match="broke off"):
        download("faster-whisper", "base", ignore, server.address)
    assert models_here("faster-whisper") == []
    server.stop_after = None
    reports: list[tuple[int, int]] = []
    model = download("faster-whisper", "base", lambda have, size: reports.append((have, size)), server.address)
    assert {path.name: path.read_bytes() for path in model.path.iterdir()} == hub
    whole = sum(map(len, hub.values()))
    assert reports[0] == (300_000, whole)
    assert reports[-1] == (whole, whole)
    assert models_here("faster-whisper") == [model]
    assert all(path.stat().st_mode & 0o077 == 0 for path in [model.path, *model.path.iterdir()])
    assert list(model.path.parent.iterdir()) == [model.path]


@pytest.mark.usefixtures("packages")
def test_a_machine_without_the_internet() -> None:
    """It is said from where another machine can fetch the model, and how it is brought in."""
    with serving() as gone:
        address = gone.address
    with pytest.raises(CommandProblem, match="cannot be reached from here") as said:
        download("faster-whisper", "base", ignore, address)
    assert "https://huggingface.co/Maker/faster-whisper-base/tree/main" in said.value.mend
    assert "roleplay models --import PATH" in said.value.mend


def test_a_checkpoint_is_brought_in(home: Path, tmp_path: Path) -> None:
    """It is copied, its owner's alone, under the name of the file."""
    checkpoint = write_checkpoint(tmp_path / "mine.pt")
    checkpoint.chmod(0o644)
    model = bring_in(checkpoint)
    assert (model.engine, model.name) == ("whisper", "mine")
    assert model.path == home / "models" / "whisper" / "mine.pt"
    assert model.path.read_bytes() == checkpoint.read_bytes()
    assert model.path.stat().st_mode & 0o077 == 0
    assert find_model("whisper", "mine") == model.path


def test_a_converted_model_is_brought_in(home: Path, tmp_path: Path) -> None:
    """The folder is copied, under another name if one is given."""
    model = bring_in(write_converted(tmp_path / "theirs"), "ours")
    assert (model.engine, model.path) == ("faster-whisper", home / "models" / "faster-whisper" / "ours")
    assert {path.name for path in model.path.iterdir()} >= {"model.bin", "config.json", "tokenizer.json"}
    assert [each.name for each in models_here("faster-whisper")] == ["ours"]


def test_a_copy_that_fails_leaves_nothing(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is a sentence, and no half model stays."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", fail)
    with pytest.raises(CommandProblem, match="no space left"):
        bring_in(write_converted(tmp_path / "theirs"))
    assert list((home / "models" / "faster-whisper").iterdir()) == []


def test_what_is_no_model_is_not_brought_in(tmp_path: Path) -> None:
    """Another file, an archive of something else, half a checkpoint, a damaged one and half a folder are each told
    apart."""
    (tmp_path / "notes.pt").write_text("buy milk")
    with pytest.raises(CommandProblem, match="not a model of Whisper"):
        kind_of(tmp_path / "notes.pt")
    whole = write_checkpoint(tmp_path / "mine.pt").read_bytes()
    with zipfile.ZipFile(tmp_path / "other.pt", "w") as archive:
        archive.writestr("other/data.pkl", b"the weights of something else")
    with pytest.raises(CommandProblem, match="not a model of Whisper"):
        kind_of(tmp_path / "other.pt")
    (tmp_path / "half.pt").write_bytes(whole[:1000])
    with pytest.raises(CommandProblem, match="not copied to its end"):
        kind_of(tmp_path / "half.pt")
    (tmp_path / "hurt.pt").write_bytes(whole[:2000] + b"!" + whole[2001:])
    with pytest.raises(CommandProblem, match="is damaged"):
        kind_of(tmp_path / "hurt.pt")
    folder = write_converted(tmp_path / "half")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(CommandProblem, match=r"tokenizer.json is missing"):
        kind_of(folder)
    with pytest.raises(CommandProblem, match="There is no file"):
        kind_of(tmp_path / "nothing.pt")
    with pytest.raises(CommandProblem, match="There is no file"):
        kind_of(tmp_path / ("long" * 100))


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    """A model may lie anywhere, as long as it is one for the engine."""
    checkpoint = write_checkpoint(tmp_path / "mine.pt")
    assert find_model("whisper", str(checkpoint)) == checkpoint
    folder = write_converted(tmp_path / "theirs")
    assert find_model("faster-whisper", str(folder)) == folder
    with pytest.raises(CommandProblem, match="for faster-whisper, not for whisper") as said:
        find_model("whisper", str(folder))
    assert "--engine faster-whisper" in said.value.mend


def test_a_model_is_taken_away(tmp_path: Path) -> None:
    """Only the one that was named goes; where both engines have one, it is asked which."""
    first, second = bring_in(write_checkpoint(tmp_path / "mine.pt")), bring_in(write_converted(tmp_path / "mine"))
    with pytest.raises(CommandProblem, match="both engines"):
        remove("mine")
    assert remove("mine", "whisper") == first
    assert not first.path.exists()
    assert remove("mine") == second
    assert not second.path.exists()
    with pytest.raises(CommandProblem, match="no model “mine” here"):
        remove("mine")


def test_what_the_engine_fetched_itself_is_found_and_left(home: Path) -> None:
    """Somebody who has used Whisper before need not fetch anything, and nothing of theirs is deleted."""
    cache = home.parent / ".cache"
    earlier = cache / "whisper" / "base.pt"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"model")
    hub = cache / "huggingface" / "hub" / "models--Systran--faster-whisper-small" / "snapshots" / "c0ffee"
    hub.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (hub / name).write_bytes(b"-")
    assert find_model("whisper", "base") == earlier
    assert find_model("faster-whisper", "small") == hub
    with pytest.raises(CommandProblem, match="not put there by roleplay"):
        remove("base")
    assert earlier.exists()
