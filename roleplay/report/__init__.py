"""What a reader gets: reports on the screen and on paper, cards, and the numbers for the debrief."""
