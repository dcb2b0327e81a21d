"""A program that loads what reading a scenario takes, and reads nothing."""

from __future__ import annotations

import click
import yaml
from pydantic import BaseModel


def main() -> None:
    """Be sure that all is there: pydantic loads its models when they are asked for, and PyYAML may lack its C part."""
    assert issubclass(click.Command, object)
    assert issubclass(yaml.CSafeLoader, object)
    assert issubclass(BaseModel, object)
