"""A corpus to measure with: as many cables as asked for, with the size and the statistics of the best-known collection.

The text is invented and means nothing. It is made of pieces of sentences (clauses.py) whose content words are drawn
by Zipf's law from English words and from half a million made forms (vocabulary.py), so that the ranks of words, their
clustering by topic (topics.py), their return within a cable, and the growth of the vocabulary are like those of prose.
Function words, and so the stop words and stems of a search, are English. What is not like prose: grammar ends at the
borders of pieces, meaning was never there, and pieces come back, though hardly ever three of them together:
`python -m benchmarks.corpus` counts how often. Headers, REF lists, marks and faults are those of real cables.
"""

from cables.corpus.realistic.faults import FAULTS
from cables.corpus.realistic.identities import BadTableError
from cables.corpus.realistic.telegrams import NOTICE, RealisticCable
from cables.corpus.realistic.writing import export, realistic_cables, write_realistic

__all__ = ["FAULTS", "NOTICE", "BadTableError", "RealisticCable", "export", "realistic_cables", "write_realistic"]
