"""What is promised about speed and safety, measured: `python -m benchmarks`. README.md says what each figure means."""
