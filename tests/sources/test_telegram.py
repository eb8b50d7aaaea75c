from __future__ import annotations

from pathlib import Path

import pytest

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
