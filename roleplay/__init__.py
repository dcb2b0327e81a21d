"""Lead role-plays of hard conversations: groups, clock, cards, feedback and reports."""

import os

__version__ = "0.1.0"

# Pydantic would otherwise search every installed package for plug-ins of its own before the first file is read.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
