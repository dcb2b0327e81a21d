"""Leading a session on a real clock, or rehearsing it with bots on one moved by hand."""
