"""The story lines and phrases that cables are told from, as the TOML files beside this module hold them."""

from __future__ import annotations

from dataclasses import dataclass

from cables.corpus.world import HERE, read_toml


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: a title, two column names, the names of the rows, and the kind of the figures."""

    title: str
    columns: tuple[str, str]
    rows: tuple[str, ...]
    values: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story line: what it is about ("the {port} harbor concession") and the sentences it is told in.

    events, comment and outcomes are sentences; claims are what the government says and doubts what others say,
    clauses to stand after "said"; us is the American position. secrecy is "open", "guarded" or "secret"; codes,
    where not empty, are the only countries it can happen in; pair needs a neighbor; years are the first and last.
    """

    key: str
    matter: str
    tags: tuple[str, ...]
    ministry: str
    section: str
    secrecy: str
    subjects: tuple[str, ...]
    headings: tuple[str, ...]
    events: tuple[str, ...]
    claims: tuple[str, ...]
    doubts: tuple[str, ...]
    us: tuple[str, ...]
    comment: tuple[str, ...]
    outcomes: tuple[str, ...]
    table: Table | None = None
    pair: bool = False
    codes: tuple[str, ...] = ()
    years: tuple[int, int] = (1973, 2010)


def _read_stories() -> tuple[Story, ...]:
    found = []
    for path in sorted((HERE / "stories").glob("*.toml")):
        for row in read_toml(f"stories/{path.name}")["story"]:
            table = Table(**row.pop("table")) if "table" in row else None
            found.append(Story(**row, table=table))
    return tuple(found)


STORIES = _read_stories()
PHRASES: dict[str, tuple[str, ...]] = read_toml("phrases.toml")
