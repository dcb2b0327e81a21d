"""From what happened to numbers: ratings, markers, times, bells."""
