"""Where in a text a value was read: the small generic pair of value and offsets that every locate function returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Located(Generic[T_co]):
    """A value and the characters it was read from: text[start:end].

    The value is empty and start == end == 0 where the field is absent. The offsets cover the printed field with its
    label, as far as its last character that counts.
    """

    value: T_co
    start: int = 0
    end: int = 0
