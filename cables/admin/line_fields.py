"""Fields of forms that hold a list, one item a line; what is not touched comes back as it was."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError

from cables.models import Reference

# A bar divides the parts of an addressee; one that belongs to a part has a backslash before it.
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\(.)")

LONGEST_REFERENCE = 10_000
LONGEST_LABEL: int = Reference._meta.get_field("label").max_length  # type: ignore[assignment] # it has one


class LinesField(forms.CharField):
    """A list of words, one a line."""

    def __init__(self, *, longest: int = 1000, **options: Any) -> None:
        super().__init__(required=False, widget=AdminTextareaWidget(attrs={"rows": 4}), **options)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        """Return the text of a list; what was entered as it is."""
        return value if isinstance(value, str) or value is None else "\n".join(map(self.line, value))

    def to_python(self, value: Any) -> Any:
        """Return the list that was entered."""
        if "\x00" in (value or ""):
            raise ValidationError("Null characters are not allowed.")
        lines = [line.strip() for line in (value or "").splitlines()]
        return [self.item(line) for line in lines if line]

    def line(self, item: Any) -> str:
        """Return the line of an item."""
        return " ".join(str(item).splitlines())

    def item(self, line: str) -> Any:
        """Return the item of a line."""
        if len(line) > self.longest:
            raise ValidationError(f"“{line[:40]}…” is longer than {self.longest} characters.")
        return line

    def run_validators(self, value: Any) -> None:
        """Do nothing: those of a text do not apply to a list."""


class AddresseesField(LinesField):
    """Addressees: name, routing indicator, precedence, number and whom the message leaves out, with bars between."""

    def line(self, item: Any) -> str:
        """Return the addressee as a line."""
        return _joined([item["name"], item["route"], item["precedence"], item["number"], *item["excluded"]])

    def item(self, line: str) -> dict[str, Any]:
        """Return the addressee of a line."""
        super().item(line)
        name, route, precedence, number, *excluded = [*_parts(line), "", "", ""][: max(4, len(_parts(line)))]
        if not name:
            raise ValidationError(f"“{line[:40]}” has no name before the first bar.")
        names = {"name": name, "route": route, "precedence": precedence, "number": number}
        return names | {"excluded": [each for each in excluded if each]}


class ReferencesField(LinesField):
    """What a cable cites: the words as printed, the identifier of the cable meant and the letter, with bars between."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=LONGEST_REFERENCE, **options)

    def line(self, item: Any) -> str:
        """Return the reference as a line."""
        return _joined([item["text"], item["target"], item["label"]])

    def item(self, line: str) -> dict[str, Any]:
        """Return the reference of a line: its words, letter and target as they were entered."""
        super().item(line)
        text, target, label, *more = [*_parts(line), "", ""]
        if any(more):
            raise ValidationError(f"“{line[:40]}…” has more than two bars: put a \\ before one of the words.")
        if not text and not target:
            raise ValidationError(f"“{line[:40]}” has no words before the first bar.")
        if len(label) > LONGEST_LABEL:
            raise ValidationError(f"“{label[:40]}” is longer than the {LONGEST_LABEL} characters of a letter.")
        return {"text": text, "target": target, "label": label}


def addressees_in_lines(addressees: list[dict[str, Any]]) -> str:
    """Return addressees as the field shows them."""
    return str(AddresseesField().prepare_value(addressees))


def _joined(parts: list[str]) -> str:
    """Return the parts as a line, without the empty ones at its end."""
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(_escaped(part) for part in parts)


def _escaped(part: str) -> str:
    return " ".join(part.splitlines()).replace("\\", "\\\\").replace("|", "\\|")


def _parts(line: str) -> list[str]:
    marked = _BAR.sub("\\1\n", line)
    return [_ESCAPED.sub(r"\1", part.strip()) for part in marked.split("\n")]
