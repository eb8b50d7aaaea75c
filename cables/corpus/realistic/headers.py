"""Headers of the measured telegrams (ACP-127), as relays printed them in the years of each."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from cables.corpus.realistic.identities import Identity
from cables.corpus.realistic.senders import STATE, Sender
from cables.corpus.telegram import COLLECTIVES, FIRST_YEAR_OF_ROUTING, PRECEDENCES, SECURITY_LINES, WASHINGTON

# Of a hundred telegrams, how many are routine, priority and immediate, and how many inform none, one, two … posts.
PRECEDENCE_WEIGHTS = (46, 36, 18)
INFORMED = (22, 14, 14, 12, 10, 8, 7, 5, 4, 2, 1, 1)
COLLECTIVE = 0.4
WASHINGTON_READERS = (45, 20, 15, 10, 6, 4)
MONTHS = ("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def header(identity: Identity, level: str, sections: int, peers: Sequence[Sender], chance: Random) -> str:
    """The header of one telegram: transmission lines (from 2005 on), FM, TO and INFO.

    `peers` are the posts that may read along; the Department writes to one of them, all others to the Department.
    """
    sender, when, roll = identity.sender, identity.sent_at, chance.random
    long = when.year >= FIRST_YEAR_OF_ROUTING
    precedence = chance.choices("RPO", PRECEDENCE_WEIGHTS)[0]
    informed = chance.choices(peers, k=1 + chance.choices(range(12), INFORMED)[0])
    action = informed.pop()
    to = action if sender.station == STATE else None
    time = f"{when.day:02}{when.hour:02}{when.minute:02}"
    lines = [f"{precedence} {time}Z {MONTHS[when.month]} {when.year % 100:02}", f"FM {sender.address}"]
    if long:
        route = to.routing if to else f"RUEHX{'ABCDEFGHIJ'[int(roll() * 10)]}" if sections > 1 else "RUEHC"
        day = when.timetuple().tm_yday
        lines = [
            f"VZCZCX{'YZ' if sections == 1 else 'RO'}{int(roll() * 10_000):04}",
            f"{precedence * 2} {route}",
            f"DE {sender.routing} #{identity.serial % 10_000:04}{'/01' if sections > 1 else ''} {day:03}{time[2:]}",
            SECURITY_LINES[level[0]],
            *lines,
        ]
    readers = [f"{post.routing}/{post.address} {int(roll() * 9_999):04}" for post in dict.fromkeys(informed)]
    if roll() < COLLECTIVE:
        readers.insert(0, chance.choice(COLLECTIVES))
    readers += chance.sample(WASHINGTON, chance.choices(range(6), WASHINGTON_READERS)[0])
    first = f"{to.routing}/{to.address}" if to else "RUEHC/SECSTATE WASHDC"
    urgency = f" {PRECEDENCES[precedence]}" if precedence != "R" else ""
    readers.insert(0, f"{first}{urgency} {int(roll() * 9_999):04}")
    if not long:
        readers = [reader.partition("/")[2] for reader in readers]
    lines.append(f"TO {readers[0]}")
    if len(readers) > 1:
        lines.append(f"INFO {readers[1]}")
    return "\n".join((*lines, *readers[2:]))
