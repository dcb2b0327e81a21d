"""Who plays what, with whom and when: groups, casting, and a plan that fits the time."""
