"""The program in a terminal; it shows the session and owns none of its rules."""
