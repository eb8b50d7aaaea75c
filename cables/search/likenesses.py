"""Words like another ("harbr~"), put in its place when the query is matched: only then can the archive be asked."""

from __future__ import annotations

from cables.search.query_tree import Fuzzy, Node, Text, Word, any_of, with_texts
from cables.search.words import words_like

MOST_LIKE = 30
"""Words that are looked for in place of one."""


def with_likenesses(tree: Node) -> tuple[Node, list[str]]:
    """Return the tree with each likeness as an OR of words, the word itself first, and notes that name them."""
    notes: list[str] = []

    def change(text: Text) -> Node:
        if not isinstance(text, Fuzzy):
            return text
        like = [like.text for like in words_like(text.text, text.edits)]
        words = list(dict.fromkeys([text.text.lower(), *like]))[:MOST_LIKE]
        told = f"read as {_listed(words)}" if len(words) > 1 else "this archive has no other word like it"
        notes.append(f"“{text.text}~{text.edits}”: {told}.")
        return any_of([Word(word, text.zone) for word in words]) or text

    return with_texts(tree, change), notes


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
