from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cables.parsing.records import RawCable
from cables.sources.documents import Document
from cables.sources.telegram import read_telegram
from tests.sources.invented_files import BODY, HEADER, TELEGRAM, read, read_cable

NARA_TELEGRAM = """\
PAGE 01 VALDMA 181062 TOSEC 190010
67
ORIGIN SS-25
INFO OCT-01 ISO-00 /026 R
--------------------- 097277
P 220111Z JUL 76 ZFF4
FM SECSTATE WASHDC
TO USDEL SECRETARY PRIORITY
S E C R E T STATE 181062
"""


@pytest.mark.parametrize(
    "text",
    [
        TELEGRAM,
        f"{HEADER}\n{BODY}",
        BODY,
        NARA_TELEGRAM,
        f"\n\n  Declassified 2006\n\n{NARA_TELEGRAM}",
        TELEGRAM.replace("\n", "\r\n"),
        "Thursday, 10 February 2005, 07:16\nUNCLAS VALDMARK 999\nEO 12958 N/A\nTAGS PGOV\nSUBJECT: THE FERRYMEN\n",
    ],
)
def test_telegram_is_the_body_character_for_character(tmp_path: Path, text: str) -> None:
    cable = read_cable(tmp_path, text)

    assert (cable.form, cable.header, cable.body, cable.problems) == ("telegram", "", text, ())


SECOND = "R 110716Z FEB 05\nFM AMEMBASSY ORMOND\nTO SECSTATE WASHDC 0348\nBT\nUNCLAS ORMOND 000012\nTEXT\nBT\n"


@pytest.mark.parametrize(
    ("between", "kept_before"),
    [
        ("", ""),
        ("\n\n", "\n\n"),
        ("\f", "\f"),
        ("ZCZC 0012\nOO RUEHC\n", ""),
        ("\n\fVZCZCXRO0002\nRR RUEHXX\nDE RUEHOR #0012/01 0420716\nZNR UUUUU ZZH\n", "\n\f"),
    ],
)
def test_telegrams_between_end_marks_are_cables_with_their_lines(
    tmp_path: Path, between: str, kept_before: str
) -> None:
    text = f"{TELEGRAM}{between}{SECOND}NNNN\n"
    first, second = read(tmp_path, text)
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.body, first.line) == (TELEGRAM + kept_before, 1)
    assert second.body == text[len(first.body) :]
    assert second.line == (TELEGRAM + kept_before).count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        TELEGRAM.replace("NNNN\n", f"QUOTE\n{SECOND}UNQUOTE\nNNNN\n"),
        f"{TELEGRAM}{SECOND.replace('UNCLAS ORMOND', 'UNCLAS SECTION 02 OF 02 ORMOND')}NNNN\n",
        f"{TELEGRAM}Declassified 2006\n",
        f"{TELEGRAM}FM AMEMBASSY ORMOND\nTO SECSTATE\n",
        f"{TELEGRAM}NNNN\n\fNNNN\n",
        f"{BODY}\nNNNN\n{SECOND}",
    ],
)
def test_what_a_telegram_quotes_or_goes_on_with_is_its_own(tmp_path: Path, text: str) -> None:
    assert [cable.body for cable in read(tmp_path, text) if isinstance(cable, RawCable)] == [text]


PARTS = st.sampled_from([TELEGRAM, SECOND, BODY, "NNNN\n", "\f", "ZCZC 1\n", "\n", " ", "text\n", "FM A\n", "\r\n"])


@given(st.lists(PARTS, max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_the_telegrams_of_a_file_put_together_are_its_text(text: str) -> None:
    found = list(read_telegram(Document("telegrams.txt", BytesIO(text.encode()))))
    assert "".join(cable.body for cable in found) == text
    assert all(cable.body for cable in found[1:])


def test_a_problem_goes_with_the_telegram_it_stands_in(tmp_path: Path) -> None:
    text = (TELEGRAM + SECOND).encode().replace(b"TEXT", b"T\xffXT")
    first, second = read(tmp_path, text)
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.problems, [problem.line for problem in second.problems]) == ((), [TELEGRAM.count("\n") + 6])


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (("05VALDMARK538", "THE FERRYMEN WIN"), "subject", "THE FERRYMEN WIN"),
        (("05VALDMARK538", ""), "subject", ""),
        (("05VALDMARK538", "THE FERRYMEN WIN"), "identifier", "05VALDMARK538"),
        (("05VALDMARK538", "THE FERRYMEN WIN"), "created", "Thu Feb 10 07:16:00 +0100 2005"),
        (("05VALDMARK538", "THE FERRYMEN WIN"), "classification", "CONFIDENTIAL"),
        (("05VALDMARK538", "THE FERRYMEN WIN"), "origin", "Embassy Valdmark"),
        (("05VALDMARK538", "THE FERRYMEN WIN"), "body", HEADER + BODY),
        (("05VALDMARK538", "THE FERRYMEN WIN"), "form", "joined-text"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_five_lines_above_the_joined_text(
    tmp_path: Path, head: tuple[str, str], field: str, value: str, line_break: str
) -> None:
    lines = (*head, "Thu Feb 10 07:16:00 +0100 2005", "CONFIDENTIAL", "Embassy Valdmark", HEADER + BODY)

    assert getattr(read_cable(tmp_path, line_break.join(lines)), field) == value


@pytest.mark.parametrize("kept", [3, 4, 5])
def test_a_file_cut_off_within_the_five_lines(tmp_path: Path, kept: int) -> None:
    lines = ("05VALDMARK538", "", "Thu Feb 10 07:16:00 +0100 2005", "CONFIDENTIAL", "Embassy Valdmark")

    cable = read_cable(tmp_path, "\n".join((*lines[:kept], "")))

    assert (cable.identifier, cable.classification, cable.origin, cable.body) == (
        "05VALDMARK538",
        "CONFIDENTIAL" if kept > 3 else "",
        "Embassy Valdmark" if kept > 4 else "",
        "",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Read me first.\n\nThese files are cables.\nTAGS are explained in tags.txt.\nSUBJECT lines are not.\n",
        "# Forms\n" + "prose about forms\n" * 12 + f"```\n{TELEGRAM}```\n",
        "To whom it may concern:\nFrom Valdmark\n",
    ],
)
def test_prose_about_telegrams_is_no_telegram(tmp_path: Path, text: str) -> None:
    assert [item.reason[:13] for item in read(tmp_path, text)] == ["no known form"]  # type: ignore[union-attr]
