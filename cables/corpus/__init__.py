"""An invented corpus: cables of countries, posts and persons that do not exist, for the demo and for tests."""

from cables.corpus.records import NOTICE, InventedCable
from cables.corpus.threads import invented_cables
from cables.corpus.world import COUNTRIES, POSTS, RELEASE
from cables.corpus.writers import FORMS, write_corpus

__all__ = ["COUNTRIES", "FORMS", "NOTICE", "POSTS", "RELEASE", "InventedCable", "invented_cables", "write_corpus"]
