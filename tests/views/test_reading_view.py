"""The text of a cable as its page sets it: lists, tables, contents, mentions of references."""

from __future__ import annotations

from tests.views.made import imported
from tests.views.reading import words


def test_lists_are_lists_with_their_own_marks(archive, client, tmp_path):
    text = "1. (C) They want:\n-- two boats; and\n-- a pier.\n\n2. (U) In law:\n\nA. (C) The first.\n\nB. The second."
    page = imported(tmp_path, client, text=text)

    first, second = page.xpath("//div[@class='paragraph']")
    assert [words(item) for item in first.xpath("./ul[@class='dashes']/li")] == ["two boats; and", "a pier."]
    assert [words(item) for item in second.xpath("./ol[@class='marked']/li")] == [
        "A. (C)Confidential. The first.",
        "B. The second.",
    ]


def test_table_with_certain_columns_is_a_table_and_another_keeps_its_lines(archive, client, tmp_path):
    certain = "PORT          SHIPS\n----          -----\nNorhavn          12\nSudhavn           4"
    other = "Norhavn harbour    12\nSud    havn         4"
    page = imported(tmp_path, client, text=f"1. (U) Ships:\n\n{certain}\n\n2. (U) Ports:\n\n{other}\n\n3. (U) End.")

    (table,) = page.xpath("//div[@class='text']//table")
    assert [[words(cell) for cell in row] for row in table.xpath(".//tr")] == [
        ["PORT", "SHIPS"],
        ["Norhavn", "12"],
        ["Sudhavn", "4"],
    ]
    assert [len(row.xpath("./th[@scope='col']")) for row in table.xpath(".//tr")] == [2, 0, 0]
    assert [kept.text for kept in page.xpath("//div[@class='text']//pre[@class='kept']")] == [other]


def test_three_headings_have_contents_and_two_have_none(archive, client, tmp_path):
    def sections(count: int) -> str:
        return "\n\n".join(
            f"Part {n}\n------\n\n{n}. (U) The harbour is quiet in part {n}." for n in range(1, count + 1)
        )

    two = imported(tmp_path, client, "05VALDMARK602", text=sections(2))
    three = imported(tmp_path, client, "05VALDMARK603", text=sections(3))

    assert [words(heading) for heading in two.xpath("//div[@class='text']/h3")] == ["Part 1", "Part 2"]
    assert two.xpath("//nav[@class='contents']") == []
    assert [(words(a), a.get("href")) for a in three.xpath("//nav[@class='contents']//a")] == [
        ("Part 1", "#section1"),
        ("Part 2", "#section2"),
        ("Part 3", "#section3"),
    ]
    assert three.xpath("//h3/@id") == ["section1", "section2", "section3"]


def test_mentions_of_held_references_lead_to_them_and_others_stay_text(archive, client, tmp_path):
    text = "1. (C) As REF A and Valdmark 347 say, not ref B or VALDMARK 342, the ferry <b>sails</b>."
    page = imported(tmp_path, client, ref="A. VALDMARK 347\n     B. VALDMARK 342", text=text)

    (paragraph,) = page.xpath("//div[@id='par1']/p[1]")
    assert [(a.text, a.get("href")) for a in paragraph.xpath("./a")] == [
        ("REF A", "/cable/05VALDMARK347/"),
        ("Valdmark 347", "/cable/05VALDMARK347/"),
    ]
    assert words(paragraph).endswith("not ref B or VALDMARK 342, the ferry <b>sails</b>.")


def test_very_long_body_takes_time_in_proportion(archive, client, tmp_path):
    line = "the ferry sails, says REF A, and VALDMARK 347 agrees -- so it does.\n"
    page = imported(tmp_path, client, ref="A. VALDMARK 347", text="1. (C) " + line * 7_000)
    assert len(page.xpath("//div[@id='par1']//a[@href='/cable/05VALDMARK347/']")) == 14_000
