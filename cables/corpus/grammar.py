"""A small grammar: text with [this|that] choices and {slots}, made into sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


def expand(text: str, fill: Callable[[str], str], chance: Random) -> str:
    """The text with one of every [this|that] chosen, inner ones first, and each {slot} filled in order of reading.

    Raises KeyError from `fill` where the slot has no meaning.
    """
    while CHOICE.search(text):
        text = CHOICE.sub(lambda match: chance.choice(match[1].split("|")), text)
    # A filled slot may hold slots of its own: {minister} of {province}.
    while SLOT.search(text):
        text = SLOT.sub(lambda match: fill(match[1]), text)
    return text


def sentence(text: str) -> str:
    """The text with its first letter a capital, whatever quotation mark stands before it."""
    for place, letter in enumerate(text):
        if letter.isalpha():
            return text[:place] + letter.upper() + text[place + 1 :]
        if letter.isdigit():
            break
    return text
