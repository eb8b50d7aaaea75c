"""Where in a text a value was read: the small generic pair of value and offsets that every locate function returns."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Located(NamedTuple, Generic[T_co]):
    """A value and the characters it was read from: text[start:end].

    The value is empty and start == end == 0 where the field is absent. The offsets cover the printed field with its
    label, as far as its last character that counts.
    """

    value: T_co
    start: int = 0
    end: int = 0


def in_capitals(text: str) -> str:
    """Return the text in capitals with every character in its place: a search of it costs less than one for any case.

    The few letters whose capitals are two ("ß") stay as they are.
    """
    capitals = text.upper()
    if len(capitals) == len(text):
        return capitals
    return "".join(capital if len(capital := letter.upper()) == 1 else letter for letter in text)
