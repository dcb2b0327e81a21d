"""What screens and panels are put together from."""
