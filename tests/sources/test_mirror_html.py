from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.invented_files import BODY, HEADER, NOTICE, encoded, mirror_page, read, read_cable, reasons


@pytest.mark.parametrize(("generation", "released"), [("2010", ""), ("2011", "2011-08-30 01:44")])
def test_each_generation_gives_every_field(tmp_path: Path, generation: str, released: str) -> None:
    page = mirror_page(encoded(HEADER), encoded(BODY), generation=generation)

    cable = read_cable(tmp_path, page)

    assert (cable.form, cable.file) == ("mirror-html", str(tmp_path / "file.txt"))
    assert cable.identifier == "05VALDMARK538"
    assert cable.subject == "THE FERRYMEN WIN"
    assert cable.created == "2005-02-10 07:16"
    assert cable.released == released
    assert cable.classification == "CONFIDENTIAL"  # the text of the link, not its title
    assert cable.origin == "Embassy Valdmark"
    assert (cable.header, cable.body) == (HEADER, BODY)
    assert (cable.notice, cable.problems, dict(cable.attributes)) == ("", (), {})


@pytest.mark.parametrize(
    ("texts", "notice", "header", "body"),
    [
        ((NOTICE, encoded(BODY)), NOTICE, "", BODY),
        ((f"{NOTICE}&#x000A;&#x000A;{encoded(HEADER)}", encoded(BODY)), NOTICE, HEADER, BODY),
        ((f"{NOTICE}\r\n{HEADER}", BODY), NOTICE, HEADER, BODY),
        ((encoded(BODY),), "", "", BODY),
        ((NOTICE,), NOTICE, "", ""),
        ((HEADER, BODY, "and more"), "", HEADER, f"{BODY}\nand more"),
        (("a &amp; b &#8220;c&#8221; &nbsp;", "  \n x \n\n"), "", "a & b “c” \N{NO-BREAK SPACE}", "  \n x \n\n"),
        ((HEADER, "From <rehn@example.org>, < 5, a<b, <NAME REMOVED>"), "", HEADER, None),
        ((HEADER, "x <a href='#p'>¶</a>1. <b>y</b><!-- unseen --> z"), "", HEADER, "x ¶1. y z"),
    ],
)
def test_first_pre_is_notice_and_header_and_second_is_body(
    tmp_path: Path, texts: tuple[str, ...], notice: str, header: str, body: str | None
) -> None:
    cable = read_cable(tmp_path, mirror_page(*texts))

    assert (cable.notice, cable.header, cable.body) == (notice, header, texts[1] if body is None else body)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Viewing cable 05VALDMARK538, THE FERRYMEN WIN", "THE FERRYMEN WIN"),
        ("Viewing cable 05VALDMARK538,", ""),
        ("Viewing cable 05VALDMARK538", ""),
        ("Viewing cable 05VALDMARK538, C) FERRYMEN:  WIN, AND LOSE", "C) FERRYMEN:  WIN, AND LOSE"),
        ("Viewing cable 05VALDMARK538, REHN &amp; SONS", "REHN & SONS"),
    ],
)
def test_subject_is_what_follows_the_identifier_in_the_title(tmp_path: Path, title: str, subject: str) -> None:
    assert read_cable(tmp_path, mirror_page(HEADER, BODY, title=title)).subject == subject


def test_articles_are_kept_one_to_a_line(tmp_path: Path) -> None:
    articles = (
        "<a href='http://example.org/a'>http://example.org/a</a><br />"
        "<a href='../../external.html?link=http://example.net/b'>http://example.net/b</a>"
        "<a href='http://example.com/c'>Rehn resigns</a>"
    )

    cable = read_cable(tmp_path, mirror_page(HEADER, BODY, articles=articles))

    assert cable.attributes == {"articles": "http://example.org/a\nhttp://example.net/b\nhttp://example.com/c"}


def test_a_key_in_a_pre_before_the_cable_is_no_header(tmp_path: Path) -> None:
    page = mirror_page(HEADER, BODY, before="<pre>-----BEGIN PGP PUBLIC KEY BLOCK-----\nabc</pre>")
    inside = page.replace("<h3>Browse", "<h3>Viewing cable of another</h3><pre>key</pre><h3>Browse")

    assert read_cable(tmp_path, page).header == HEADER
    assert read_cable(tmp_path, inside).header == HEADER


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_page_cut_off_gives_what_it_holds(tmp_path: Path, cut: int) -> None:
    page = mirror_page(HEADER, BODY)
    places = [page.index("</table>"), page.index("AMEMBASSY"), page.index("(C) It is")]

    cable = read_cable(tmp_path, page[: places[cut - 1]])

    assert cable.identifier == "05VALDMARK538"
    if cut == 1:
        assert [problem.field for problem in cable.problems] == ["body"]
    else:
        assert HEADER.startswith(cable.header[:10])
        assert (cable.header + cable.body).endswith("FM " if cut == 2 else "¶1. ")


def test_bad_bytes_and_nul_become_replacement_characters_and_are_told(tmp_path: Path) -> None:
    page = mirror_page(HEADER, "one \udc92 two \x00 three").encode("utf-8", "surrogateescape")

    cable = read_cable(tmp_path, page)

    assert cable.body == "one \ufffd two \ufffd three"
    assert [(problem.field, problem.reason) for problem in cable.problems] == [
        ("encoding", "one character is not UTF-8, and stored as U+FFFD"),
        ("encoding", "one character is NUL or half of a surrogate pair, and stored as U+FFFD"),
    ]


def test_a_page_nested_too_deeply_to_be_read_to_its_end_is_told(tmp_path: Path) -> None:
    cable = read_cable(tmp_path, mirror_page(HEADER, "<b>x" * 5000))

    assert [(problem.field, problem.reason[:38]) for problem in cable.problems] == [
        ("body", "the page could not be read to its end:")
    ]


def test_html_of_no_cable_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "<html><body><h1>Index of cables</h1><pre>VALDMARK</pre></body></html>")

    expected = (
        'an HTML page, but of no cable: it has no table of class "cable" (WikiLeaks mirror),'
        ' no table "synopsis" (PlusD) and no line "Identifier:"'
    )
    assert reasons(found) == [expected]
