"""Every sample session, one after the other."""

from __future__ import annotations

import pytest
from played import SESSIONS
from samples import Play


@pytest.fixture(params=SESSIONS)
def session(request: pytest.FixtureRequest) -> Play:
    """One sample session after the other."""
    return SESSIONS[request.param]()
