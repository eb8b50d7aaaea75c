"""Cables in: the only room that writes many rows.

    files → batches.py → preparing.py (in worker processes) → store.py → bulk.py → tables

run.py drives it. This package imports nothing by itself, so that worker processes load the parser and not Django.
"""
