"""Measurements against peers in the same run; `python -m benchmarks` runs all and rewrites the table in benchmarks/README.md."""
