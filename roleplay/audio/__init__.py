"""Microphones, recordings and playing them: the only part that talks to PortAudio.

What hears or plays runs in a process of its own, so that no driver and no block of sound is ever in the way of the
session's clock, and what a driver prints does not land on the screen.
"""
