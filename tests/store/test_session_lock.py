"""That one process owns a session."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import roleplay
from roleplay.store.protocol import Conflict, StoreProblem
from roleplay.store.session_lock import hold_session

HOLD = """
import sys
from pathlib import Path
from roleplay.store.session_lock import hold_session
with hold_session(Path(sys.argv[1]), "first"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_dead(tmp_path: Path) -> None:
    """A killed process leaves nothing behind that would keep others out; other sessions are free all along."""
    env = os.environ | {"PYTHONPATH": str(Path(roleplay.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "held\n"
        with pytest.raises(Conflict, match="open in another window"), hold_session(tmp_path, "first"):
            pass
        with hold_session(tmp_path, "second"):
            pass
        owner.kill()
    with hold_session(tmp_path, "first"):
        pass


def test_a_session_is_let_go_when_the_block_ends(tmp_path: Path) -> None:
    """Within one process too it is held once at a time, and an error in the block lets go of it as well."""
    with hold_session(tmp_path, "first"), pytest.raises(Conflict), hold_session(tmp_path, "first"):
        pass
    with pytest.raises(ZeroDivisionError), hold_session(tmp_path, "first"):
        raise ZeroDivisionError
    with hold_session(tmp_path, "first"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a POSIX matter")
def test_the_names_of_sessions_are_nobody_elses_business(tmp_path: Path) -> None:
    """The folder of locks is the owner's alone."""
    with hold_session(tmp_path / "home", "first"):
        assert stat.S_IMODE((tmp_path / "home" / "locks").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    """The same sentence as for the sessions themselves."""
    (tmp_path / "locks").write_text("")
    with pytest.raises(StoreProblem, match="cannot be opened"), hold_session(tmp_path, "first"):
        pass
