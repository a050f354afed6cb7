"""Mutated files against the loader: `python -m tests.fuzz` runs thousands of each format, `--only` one of them again.

`seeds` are good and bad files, `mutations` makes others of them, `verdict` says what is wrong with how the loader
took one, `pool` runs the cases in processes that a watchdog ends when they hang. Everything follows from a number,
the seed, so that a failure is found again by the three things that it prints: format, seed and iteration.
"""
