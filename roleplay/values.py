"""The one base class of everything that is written to a file or handed from floor to floor."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_default=False,
        populate_by_name=True,
        defer_build=True,
        # What people wrote must not stand in an error that somebody may copy into a message.
        hide_input_in_errors=True,
    )
