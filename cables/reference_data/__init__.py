"""Tables of facts about the State Department's cables, as CSV files, and the functions that read them.

The lowest room of the house: it imports nothing of ours and nothing but the standard library. Sources and licences of
the tables are told in README.md beside them.
"""
