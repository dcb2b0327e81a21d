"""Lead role-plays of hard conversations: groups, clock, cards, feedback and reports."""

__version__ = "0.1.0"
