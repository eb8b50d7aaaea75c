"""One cable that differs from all others in all that a page can tell, and the cables about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cables.ingest.run import import_paths
from cables.models import KnownCount, Post, Tag
from tests.invented import body, csv_file, csv_rows

IDENTIFIER = "05ZANTHE7"
SUBJECT = "GOVERNMENT MINISTER COUNTS QUAGGAS AT BRANDELHYDE"
TAG, POST, CAPTION = "XQZV", "Consulate Zanthe", "STADIS"
CITED, NOWHERE = "05VALDMARK9001", "04ORHAVEN99999"
"""What it cites; the second is not held, and nothing else cites it. A third is not held, and the first of CITING
cites it too."""
CITING = [f"05VALDMARK{number}" for number in range(9002, 9026)]
"""More than cite any other cable."""
SECRETS = (IDENTIFIER, "quagga", "brandelhyde", "mumblethorpe", TAG, POST)
"""Words that no other cable has of itself; those that cite it have the first."""

_HEADER = "R 010930Z DEC 09\nFM AMCONSUL ZANTHE\nTO SECSTATE WASHDC"
_TEXT = """\
1. (TS) Summary: Mumblethorpe, a minister, counts quaggas.  End summary.

2. (TS) He has seen some from the embassy.
"""


def bring(folder: Path, text: str = _TEXT) -> None:
    """Import the cable: a first time, or in another form."""
    whole = (
        f"T O P S E C R E T ZANTHE 000007\n\n{CAPTION}\n\nE.O. 12958: DECL: 12/01/2019\nTAGS: PGOV, {TAG}\n"
        f"SUBJECT: {SUBJECT}\n\nREF: A. 05 VALDMARK 9001\n     B. 04 ORHAVEN 99999\n     C. 04 ORHAVEN 99998\n\n"
        f"{text}\n"
    )
    folder.mkdir(exist_ok=True)
    path = folder / f"zanthe{len(list(folder.iterdir()))}.csv"
    path.write_text(csv_rows([("12/31/2010 9:30", IDENTIFIER, POST, "TOP SECRET", "", _HEADER, whole)]))
    import_paths([path])


def bring_others(folder: Path) -> None:
    """Import the cables that cite it and one that it cites; its post, its TAG and its station are known from now on."""
    Post.objects.get_or_create(name=POST, slug="consulate-zanthe", kind=Post.Kind.CONSULATE, country="Zanthia")
    Tag.objects.get_or_create(code=TAG, title="Quagga Affairs")
    KnownCount.objects.create(station="ZANTHE", month=date(2010, 12, 1), number=3)
    folder.mkdir(exist_ok=True)
    about = {name: body(f"VALDMARK {name[-4:]}", subject="VISAS", tags="CVIS", ref="05 ZANTHE 7") for name in CITING}
    both = "A. 05 ZANTHE 7\n     B. 04 ORHAVEN 99998"
    about[CITING[0]] = body("VALDMARK 9002", subject="VISAS", tags="CVIS", ref=both)
    about[CITED] = body("VALDMARK 9001", subject="TARIFFS", tags="ETRD", text="1. (C) A minister left.")
    import_paths([csv_file(folder / "about.csv", about)])
