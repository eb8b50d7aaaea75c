"""Which rooms work on all cables, and which on those that the public sees."""

from __future__ import annotations

import re
from pathlib import Path

import cables

HOUSE = Path(cables.__file__).parent
BEHIND_THE_CURTAIN = {"ingest", "admin", "management"}
# They lead from a name to the page that says that a cable is withheld.
BY_NAME = {"views/held.py", "views/search.py"}


def users(manager: str) -> set[str]:
    """Return the files that name this manager of cables."""
    named = re.compile(rf"\bCable\.{manager}\b")
    return {str(file.relative_to(HOUSE)) for file in HOUSE.rglob("*.py") if named.search(file.read_text())}


def test_imports_checks_and_the_admin_work_on_every_cable():
    assert {file for file in users("objects") if file.split("/")[0] in BEHIND_THE_CURTAIN} == set()


def test_readers_meet_only_cables_that_are_shown():
    assert {file for file in users("everything") if file.split("/")[0] not in BEHIND_THE_CURTAIN} == BY_NAME
