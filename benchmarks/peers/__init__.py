"""The programs that ours is compared with: each does the least that a program of its kind can do."""
