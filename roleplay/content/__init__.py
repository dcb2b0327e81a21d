"""What is played and asked: scenarios, rubrics and series, read from their files, with every mistake in words."""
