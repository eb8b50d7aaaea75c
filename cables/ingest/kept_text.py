"""What a problem keeps of the place that could not be taken, as the cables that are read from it now."""

from __future__ import annotations

import io
from dataclasses import replace

from cables.ingest.preparing import refusal
from cables.models import ImportProblem
from cables.parsing.cable import parse_cable
from cables.parsing.records import Problem, RawCable, Unreadable
from cables.sources.detect import find_reader
from cables.sources.documents import Document
from cables.sources.reading import read_document
from cables.sources.telegram import read_telegram

_A_PIECE = "a piece of a file, and no whole record of a known form: mend its text, or the file"


def items_of(problem: ImportProblem) -> list[RawCable | Unreadable]:
    """Return the cables in what is kept: the values received, or else the text, whatever form it has by now.

    They have the file, line and release that an import of the problem's run would give them.
    """
    if problem.received is not None:
        return [RawCable(**problem.received | {"problems": ()})]
    document = Document(problem.file, io.BytesIO(problem.text.encode()))
    # What is left of a row may begin as a telegram does, and would come in as a cable of its own.
    if problem.line is not None and find_reader(document.head) is read_telegram:
        return [Unreadable(problem.file, _A_PIECE, problem.line)]
    return [_placed(item, problem) for item in read_document(document)]


def faults_of(problem: ImportProblem) -> list[Problem]:
    """Return what the parser finds wrong in the cable that is kept, as it stands now; what refuses it comes first.

    Nothing where no cable is kept.
    """
    if problem.received is None:
        return []
    parsed = parse_cable(RawCable(**problem.received | {"problems": ()}))
    why = refusal(parsed)
    return [*([replace(why, field="identifier", text="")] if why else []), *parsed.problems]


def _placed(item: RawCable | Unreadable, problem: ImportProblem) -> RawCable | Unreadable:
    if isinstance(item, Unreadable):
        return item
    line = item.line + (problem.line or 1) - 1
    return replace(item, line=line, release_name=item.release_name or problem.run.release_name)
