"""What goes wrong in real cables, done to made ones on purpose, about as often: one fault a cable at most."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from cables.corpus.realistic.identities import Identity
from cables.corpus.records import Printed
from cables.corpus.telegram import break_line

Fault = Callable[[Printed, Identity, Random], Printed]


def _changed(pattern: str, replacement: str) -> Fault:
    """A fault of the body: the first place that the pattern matches reads otherwise."""
    found = re.compile(pattern, re.MULTILINE)
    return lambda printed, _, __: Printed(printed.header, found.sub(replacement, printed.body, count=1))


def _tags_run_together(printed: Printed, _: Identity, __: Random) -> Printed:
    line = re.search(r"^TAGS:? (.*)$", printed.body, re.MULTILINE)
    if line is None:
        return printed
    together = line[1].replace(",", "").replace(" ", "")
    return Printed(printed.header, f"{printed.body[: line.start(1)]}{together} {printed.body[line.end(1) :]}")


def _break_in_references(printed: Printed, identity: Identity, _: Random) -> Printed:
    line = f"\n\n{break_line('001.2', 2, identity.sender.words, identity.serial, identity.sent_at)} \n\n"
    return Printed(printed.header, re.sub(r"(^REF: A\. .*\n)", rf"\1{line}", printed.body, count=1, flags=re.MULTILINE))


def _header_in_body(printed: Printed, identity: Identity, _: Random) -> Printed:
    middle = printed.body.find("\n \n", len(printed.body) // 2)
    if middle < 0:
        return printed
    mark = f"{identity.sender.words} {identity.serial:06}"
    return Printed(printed.header, f"{printed.body[:middle]}\n{printed.header}\nBT\n{mark}\n{printed.body[middle:]}")


def _cut(printed: Printed, _: Identity, chance: Random) -> Printed:
    return Printed(printed.header, f"{printed.body[: int(len(printed.body) * (0.6 + chance.random() * 0.4))]}...")


def _garbled(printed: Printed, _: Identity, chance: Random) -> Printed:
    """Thirty letters of the text lost or changed, as in a bad transmission."""
    start = len(printed.body) // 2 + int(chance.random() * len(printed.body) / 3)
    noise = "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ#$*<>", k=24))
    return Printed(printed.header, f"{printed.body[:start]}{noise}{printed.body[start + 30 :]}")


def _odd_characters(printed: Printed, _: Identity, chance: Random) -> Printed:
    characters = "\u00a0\u2010\u0091\u0093\u2028\ufffd\x07ß"
    *pieces, rest = printed.body.split(" the ", 6)
    return Printed(printed.header, "".join([*(f"{piece} the{chance.choice(characters)}" for piece in pieces), rest]))


def _no_header(printed: Printed, _: Identity, __: Random) -> Printed:
    return Printed("", printed.body)


# Each fault and how many of a thousand cables have it. The slips of labels are rare in truth, yet each must be met.
FAULTS: dict[str, tuple[float, Fault]] = {
    "label of TAGS misspelt": (3, _changed(r"^TAGS:? ", "TAGES: ")),
    "TAGS run together": (3, _tags_run_together),
    "TAGS in small letters": (10, _changed(r"^TAGS:?", "Tags:")),
    "SUBJ for SUBJECT": (8, _changed(r"^SUBJECT:", "SUBJ:")),
    "SUBJECT spaced": (3, _changed(r"^SUBJECT:", "S U B J E C T:")),
    "SUBJECT without its S": (1, _changed(r"^SUBJECT:", "UBJECT:")),
    "no SUBJECT": (0.5, _changed(r"^SUBJECT: ", "")),
    "break in references": (12, _break_in_references),
    "doubled letters of references": (5, _changed(r"^REF: A\. ", "REF: A. (A) ")),
    "REF with plural": (10, _changed(r"^REF: ", "REF(S): ")),
    "reasons broken": (15, _changed(r"\breasons ", "reaso \nns ")),
    "authority twice": (4, _changed(r"^Classified By: ", "Classified By: Classified by ")),
    "summary without end": (12, _changed(r"End summary\. ?", "")),
    "header in body": (10, _header_in_body),
    "text cut": (4, _cut),
    "text garbled": (8, _garbled),
    "odd characters": (10, _odd_characters),
    "marks without bracket": (10, _changed(r"^(\d+\. )\((?=[CSU]\))", r"\1")),
    "no header": (6, _no_header),
    "signature glued": (6, _changed(r"(\S) ?\n ?\n(?=[A-Z-]+\Z)", r"\1")),
    "pilcrows": (20, lambda printed, _, __: Printed(printed.header, printed.body.replace("\n2. ", "\n¶2. "))),
}


def damaged(printed: Printed, identity: Identity, chance: Random) -> tuple[str, Printed]:
    """The name of the fault ("" as a rule), and the telegram with it. A fault that finds nothing to spoil is none."""
    roll = chance.random() * 1_000
    for name, (rate, fault) in FAULTS.items():
        roll -= rate
        if roll < 0:
            spoilt = fault(printed, identity, chance)
            return (name, spoilt) if spoilt != printed else ("", printed)
    return "", printed
