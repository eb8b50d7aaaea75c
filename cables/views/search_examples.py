"""Examples of queries for the page that explains the search: heading, and for each query what cables it finds."""

from __future__ import annotations

EXAMPLES = (
    (
        "Words",
        (
            ("harbour concession", "with both words"),
            ('"harbour concession"', "with the words side by side"),
            ("harbour OR railway", "with either word"),
            ("election -boycott", "with the first word and without the second"),
            ("(harbour OR railway) AND NOT strike", "brackets, AND and NOT as in most archives"),
            ("negotiat*", "with a word that begins so (three letters at least)"),
            ("harbr~", "with a word of this archive that differs by a letter or two; ~1 allows one"),
            ('"minister strike"~5', "with the words at most five words from one another, in either order"),
            ("para:(minister strike)", "with both words in one paragraph"),
            ("[redacted]", "with a name that was crossed out before release"),
        ),
    ),
    (
        "Parts of a cable",
        (
            ("subject:harbour", "with the word in the subject"),
            ("summary:(strike OR boycott)", "with either word in the summary or the TAGS"),
            ("body:ferry", "with the word in the text"),
            ("mark:S/NF", "with a paragraph of that portion mark"),
        ),
    ),
    (
        "Facts",
        (
            ("tag:PHUM", "with that TAG"),
            ('tag:"Human Rights"', "with a TAG of that meaning"),
            ("-tag:PHUM", "without that TAG; any field can be excluded so"),
            ('origin:"Embassy Valdmark"', "from that post; a part of its name will do"),
            ("country:FR", "from posts in that country, by code or name"),
            ("class:(S OR TS)", "of either classification, by name or abbreviation"),
            ("caption:NOFORN", "with that caption"),
            ("to:SECSTATE", "sent to an addressee whose line holds that"),
        ),
    ),
    (
        "Dates",
        (
            ("date:2005", "sent in that year; a month or day likewise"),
            ("date:[2005-01 TO 2005-06]", "sent from January to June"),
            ("date:>2005-03", "sent after March"),
            ("-date:2005", "not sent in that year"),
        ),
    ),
    (
        "One cable and its neighbours",
        (
            ("id:05VALDMARK347", "with that identifier"),
            ("cites:05VALDMARK347", "that cite that cable"),
            ("citedby:05VALDMARK347", "that it cites"),
        ),
    ),
)
