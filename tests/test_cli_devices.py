"""Microphones as somebody lists, chooses and tests them, on systems that are made up."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roleplay.cli import main

SYSTEM = """
class default: device = (1, 0)
class PortAudioError(Exception): pass
def query_hostapis(): return [{"name": "ALSA", "default_input_device": 1}]
def query_devices():
    each = {"hostapi": 0, "max_input_channels": 1, "default_samplerate": 48000.0}
    return [dict(each, name="Rode NT-USB: Audio (hw:1,0)"), dict(each, name="default")]
"""

HEARS = """
import threading, time
class RawInputStream:
    active = True
    def __init__(self, samplerate, channels, callback, finished_callback, **_):
        self.rate, self.callback, self.finished = samplerate, callback, finished_callback
    def start(self):
        threading.Thread(target=self.run, daemon=True).start()
    def run(self):
        class Status: input_overflow = False
        for _ in range(BLOCKS):
            self.callback(b"\\x00\\x40" * (self.rate // 20), self.rate // 20, None, Status)
            time.sleep(0.05)
        self.finished()
"""


@pytest.fixture
def sounddevice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the process that talks to PortAudio imports; a test writes into it."""
    folder = tmp_path / "parts"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.delenv("ROLEPLAY_COMMAND", raising=False)
    path = folder / "sounddevice.py"
    path.write_text(SYSTEM)
    return path


def devices(*arguments: str) -> Result:
    """Run the command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, ["devices", *arguments], prog_name="roleplay", catch_exceptions=False)


def test_a_choice_is_remembered_by_name_and_can_be_forgotten(sounddevice: Path) -> None:
    """For all tables and for one; the name has nothing in it of where the microphone is plugged in."""
    assert devices().stdout.splitlines() == ["Rode NT-USB: Audio", "default             taken where none is chosen"]
    assert devices("--use", "rode").stderr == "“Rode NT-USB: Audio” is taken from now on.\n"
    assert devices("--use", "default", "--table", "Table 2").stderr == "“default” is taken from now on at Table 2.\n"
    sounddevice.write_text(SYSTEM.replace("hw:1,0", "hw:3,0"))
    assert devices().stdout.splitlines() == [
        "Rode NT-USB: Audio  for all tables",
        "default             for Table 2",
    ]
    assert "at table 2 any more" in devices("--forget", "--table", "table 2").stderr
    assert "for Table 2" not in devices().stdout
    assert devices("--forget").exit_code == 0
    assert "for all tables" not in devices().stdout


def test_one_that_was_chosen_and_is_not_there_is_listed_as_missing(sounddevice: Path) -> None:
    """And testing it names the others, rather than taking another one unasked."""
    devices("--use", "rode")
    sounddevice.write_text(SYSTEM.replace("Rode NT-USB", "Webcam"))
    assert "Rode NT-USB: Audio  for all tables: not plugged in now" in devices().stdout
    done = devices("--test")
    assert done.exit_code == 2
    assert "The microphone “Rode NT-USB: Audio” is not plugged in.\nPlug it in, or take another." in done.stderr


def test_a_name_that_nothing_has_is_answered_with_the_names_there_are(sounddevice: Path) -> None:
    """Nothing is remembered then."""
    done = devices("--use", "yeti")
    assert done.exit_code == 2
    assert "There are: “Rode NT-USB: Audio”, “default”." in done.stderr
    assert "for all tables" not in devices().stdout


@pytest.mark.parametrize(
    ("part", "mend"),
    [
        ("raise ModuleNotFoundError('sounddevice')", "pip install '.[audio]'"),
        ("raise OSError('PortAudio library not found')", "apt install libportaudio2"),
        (SYSTEM.replace('"max_input_channels": 1', '"max_input_channels": 0'), "Plug one in"),
    ],
    ids=["no parts", "no PortAudio", "no microphone"],
)
@pytest.mark.parametrize("arguments", [(), ("--test",), ("--use", "rode")], ids=" ".join)
def test_what_is_missing_is_said_with_its_mend(
    sounddevice: Path, part: str, mend: str, arguments: tuple[str, ...]
) -> None:
    """Never a traceback, and never what a driver printed."""
    sounddevice.write_text(part)
    done = devices(*arguments)
    assert done.exit_code == 2
    assert mend in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_the_command_that_adds_the_parts_is_the_one_that_was_used(
    sounddevice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs it from its folder adds them there, and keeps what was added before."""
    monkeypatch.setenv("ROLEPLAY_COMMAND", "./dev run")
    sounddevice.write_text("raise ModuleNotFoundError('sounddevice')")
    assert re.search(r"ROLEPLAY_EXTRAS=([\w,]+,)?audio(,[\w,]+)? \./dev run", devices().stderr)


def test_options_that_do_not_go_together(sounddevice: Path) -> None:
    """One thing at a time."""
    assert devices("--use", "rode", "--forget").exit_code == 2
    assert "--table goes with" in devices("--table", "Table 2").stderr


def test_a_microphone_that_goes_during_a_test(sounddevice: Path) -> None:
    """It is said in a sentence."""
    sounddevice.write_text(SYSTEM + HEARS.replace("BLOCKS", "20"))
    done = devices("--test", "rode")
    assert done.exit_code == 2
    assert "the microphone was lost" in done.stderr


@pytest.mark.parametrize("key", [b"q", b"\x03"], ids=["a key", "ctrl-c"])
def test_a_test_shows_a_meter_until_a_key_is_pressed(sounddevice: Path, home: Path, key: bytes) -> None:
    """In one line of the terminal; it ends with what was heard, and keeps nothing."""
    sounddevice.write_text(SYSTEM + HEARS.replace("BLOCKS", "1000"))
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "roleplay", "devices", "--test"],
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    drawn = b""
    while "█".encode() not in drawn:
        drawn += os.read(ours, 4096)
    os.write(ours, key)
    while b"It hears you" not in drawn:
        drawn += os.read(ours, 4096)
    assert process.wait(timeout=20) == 0
    os.close(ours)
    assert "-6 dB" in drawn.decode()
    assert "Nothing is kept." in drawn.decode()
    assert not list(home.glob("**/*.wav"))
