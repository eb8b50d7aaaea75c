"""Examples of queries for the page that explains the search: heading, and for each query what cables it finds."""

from __future__ import annotations

from cables.search.specimens import Specimens

Group = tuple[str, tuple[tuple[str, str], ...]]


def examples(of: Specimens) -> tuple[Group, ...]:
    """Return the examples, group by group, made of what the archive holds."""
    return (
        ("Words", _words(*of.pair, *of.in_text)),
        (
            "Parts of a cable",
            (
                (f"subject:{of.pair[0]}", "with the word in the subject"),
                (f"summary:({of.in_summary} OR boycott)", "with either word in the summary or the TAGS"),
                (f"body:{of.in_text[0]}", "with the word in the text"),
                (f"mark:{_quoted(of.mark)}", "with a paragraph of that portion mark"),
            ),
        ),
        (
            "Facts",
            (
                (f"tag:{of.tag}", "with that TAG"),
                (f'tag:"{of.tag_title}"', "with a TAG of that meaning"),
                (f"-tag:{of.tag} {of.pair[0]}", "without that TAG; any field can be excluded so"),
                (f'origin:"{of.origin}"', "from that post; a part of its name will do"),
                (f"country:{_quoted(of.country)}", "from posts in that country, by code or name"),
                (f"class:{_quoted(of.level.lower())}", "of that classification, by name"),
                ("class:(S OR TS)", "of either classification, by abbreviation: U, FOUO, LOU, C, S, TS"),
                (f"caption:{_quoted(of.caption)}", "with that caption"),
                (f"to:{of.addressee}", "sent to an addressee whose line holds that"),
            ),
        ),
        (
            "Dates",
            (
                (f"date:{of.year}", "sent in that year"),
                (f"date:{of.year}-{of.month:02}", "sent in that month; a day likewise"),
                (f"date:[{of.year - 1} TO {of.year}-{of.month:02}]", "sent from the one to the end of the other"),
                (f"date:>{of.year - 1}", "sent after that year"),
                (f"-date:{of.year} {of.pair[0]}", "not sent in that year"),
            ),
        ),
        (
            "One cable and its neighbours",
            (
                (f"id:{of.identifier}", "with that identifier"),
                (f"cites:{of.cited}", "that cite that cable"),
                (f"citedby:{of.citing}", "that it cites"),
            ),
        ),
    )


def _words(one: str, two: str, near: str, by: str) -> tuple[tuple[str, str], ...]:
    return (
        (f"{one} {two}", "with both words"),
        (f'"{one} {two}"', "with the words side by side"),
        (f"{one} OR railway", "with either word"),
        (f"{one} -boycott", "with the first word and without the second"),
        (f"({one} OR railway) AND NOT boycott", "brackets, AND and NOT as in most archives"),
        (f"{one[:4]}*", "with a word that begins so (three letters at least)"),
        (f"{one[:-2]}{one[-1]}~", "with a word of this archive that differs by a letter or two; ~1 allows one"),
        (f'"{two} {one}"~5', "with the words at most five words from one another, in either order"),
        (f"para:({near} {by})", "with both words in one paragraph"),
        ("[redacted]", "with a name that was crossed out before release"),
    )


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
