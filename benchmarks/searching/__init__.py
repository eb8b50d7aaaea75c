"""The parts of the measurement of search; benchmarks/search.py puts them together."""
