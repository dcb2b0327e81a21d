"""Lets `python -m roleplay` do what the command `roleplay` does."""

from __future__ import annotations

from roleplay.cli import main

if __name__ == "__main__":
    main(prog_name="roleplay")
