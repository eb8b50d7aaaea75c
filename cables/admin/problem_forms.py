"""The forms by which what a problem keeps is corrected, and by which it is set aside."""

from __future__ import annotations

from typing import Any

from django import forms

from cables.models import ImportProblem
from cables.parsing.records import Problem

LONGEST = 500_000
"""Characters that a form takes, the longest cable known twice over; longer pieces are mended in the file."""

FIELDS = (
    "identifier", "subject", "origin", "created", "released", "classification", "tags", "references", "notice",
    "redaction", "release_name", "release_date", "header", "body",
)  # fmt: skip
"""Fields of cables.parsing.records.RawCable that can be corrected, in the order of the form."""
_LABELS = {"tags": "TAGS", "release_name": "Release", "release_date": "Date of release"}
_LONG = {"header", "body", "text"}
_MOST_ROWS = 24


class KeptForm(forms.Form):
    """What a problem keeps: the fields of the cable that was received, or else the words themselves.

    `faults` are what the parser finds wrong in it; each stands beside its field, the `other_faults` belong to none.
    """

    def __init__(self, problem: ImportProblem, faults: list[Problem], data: Any = None) -> None:
        self._problem = problem
        received = problem.received
        values = {"text": problem.text} if received is None else {name: received.get(name, "") for name in FIELDS}
        super().__init__(data, initial=values)
        for name, value in values.items():
            self.fields[name] = forms.CharField(
                label=_LABELS.get(name, name.capitalize()),
                required=False,
                strip=False,
                max_length=LONGEST,
                help_text=" ".join(f"Wrong: {fault.reason}" for fault in faults if fault.field == name),
                widget=_widget(name, value),
            )

        self.other_faults = [fault for fault in faults if fault.field not in values]

    def save(self) -> list[str]:
        """Write into the problem, which is not saved, what was corrected, and return the names of the fields."""
        corrected = []
        for name, former in self.initial.items():
            value = with_line_ends_of(former, self.cleaned_data[name])
            if value == former:
                continue
            corrected.append(name)
            if self._problem.received is None:
                self._problem.text = value
            else:
                self._problem.received[name] = value
        if "identifier" in corrected:
            self._problem.identifier = self.cleaned_data["identifier"][:100]
        return corrected


class AsideForm(forms.Form):
    """Why a problem is set aside."""

    note = forms.CharField(label="Note", max_length=2000, widget=forms.Textarea({"rows": 2}))


def can_be_corrected(problem: ImportProblem) -> bool:
    """Return whether the problem keeps something that a form can take."""
    kept = [problem.text] if problem.received is None else [problem.received.get(name, "") for name in FIELDS]
    return any(kept) and sum(map(len, kept)) <= LONGEST


def with_line_ends_of(former: str, submitted: str) -> str:
    """Return the text as submitted with the line ends of the former one: browsers send CR LF whatever they were given.

    Where nothing else differs it is the former text, to the letter.
    """
    plain = _plain(submitted)
    if plain == _plain(former):
        return former
    return plain.replace("\n", "\r\n") if "\r\n" in former else plain


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _widget(name: str, value: str) -> forms.Widget:
    """Return a field of one line only for what has one: it would drop the ends of the others."""
    attributes = {"spellcheck": "false", "autocomplete": "off"}
    lines = len(_plain(value).split("\n"))
    if lines > 1 or name in _LONG:
        return forms.Textarea(attributes | {"rows": min(lines + 2, _MOST_ROWS)})
    return forms.TextInput(attributes)
