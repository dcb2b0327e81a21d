"""Programs that the benchmarks start, watch, and sometimes kill."""
