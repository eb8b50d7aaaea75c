"""The query language: how each query is read, and what of it goes to the text search."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cables.search.language import LONGEST, MOST_TERMS, clean, only_excludes, read_query
from cables.search.query_tree import is_text
from cables.search.text_query import text_query
from cables.search.wording import written
from tests.patience import patience

NO_QUERY = "It could not be read as a query, so its words were looked for."

# typed, read as, to_tsquery's argument ("" where more than text is asked for)
QUERIES = [
    # words, exclusions, phrases
    ("ferry", "ferry", "'ferry'"),
    ("ferry strike", "ferry and strike", "('ferry') & ('strike')"),
    ("  ferry \t strike\n", "ferry and strike", "('ferry') & ('strike')"),
    ("Ferry STRIKE", "Ferry and STRIKE", "('Ferry') & ('STRIKE')"),
    ("café", "café", "'café'"),
    ("o'neil", "o'neil", "'o''neil'"),
    ("and or not", "and and or and not", "('and') & ('or') & ('not')"),
    ("-visa", "not visa", "!('visa')"),
    ("ferry -visa", "ferry and not visa", "('ferry') & (!('visa'))"),
    ("ferry +visa", "ferry and visa", "('ferry') & ('visa')"),
    ('"harbour strike"', "“harbour strike”", "'harbour strike'"),
    ('"harbour   strike" -"ferry guild"',
     "“harbour strike” and not “ferry guild”", "('harbour strike') & (!('ferry guild'))"),
    ("“harbour strike”", "“harbour strike”", "'harbour strike'"),
    ("«harbour strike»", "“harbour strike”", "'harbour strike'"),
    ("well-known", "well-known", "'well-known'"),
    ("S/NF", "S/NF", "'S/NF'"),
    ("a.i.", "a.i.", "'a.i.'"),
    ("No. 5", "No. and 5", "('No.') & ('5' | '05' | '005' | '0005' | '00005' | '000005')"),
    ("ferry, strike; guild!", "ferry, and strike; and “guild!”", "('ferry,') & ('strike;') & ('guild!')"),
    ("U.S.-Orlania", "U.S.-Orlania", "'U.S.-Orlania'"),
    # numbers
    ("538", "538", "'538' | '0538' | '00538' | '000538'"),
    ("000538", "000538", "'000538' | '538' | '0538' | '00538'"),
    ("0", "0", "'0' | '00' | '000' | '0000' | '00000' | '000000'"),
    ("1234567", "1234567", "'1234567'"),
    ("12:30", "“12:30”", "'12:30'"),
    # operators
    ("ferry OR strike", "ferry or strike", "('ferry') | ('strike')"),
    ("ferry AND strike", "ferry and strike", "('ferry') & ('strike')"),
    ("NOT ferry", "not ferry", "!('ferry')"),
    ("NOT NOT ferry", "ferry", "'ferry'"),
    ("ferry AND NOT strike", "ferry and not strike", "('ferry') & (!('strike'))"),
    ("ferry OR strike guild", "(ferry or strike) and guild", "(('ferry') | ('strike')) & ('guild')"),
    ("ferry AND (strike OR guild)", "ferry and (strike or guild)", "('ferry') & (('strike') | ('guild'))"),
    ("-(strike OR guild)", "not (strike or guild)", "!(('strike') | ('guild'))"),
    ("(((ferry)))", "ferry", "'ferry'"),
    ("ferry^2", "ferry", "'ferry'"),
    ("ferry OR strike OR guild", "ferry or strike or guild", "('ferry') | ('strike') | ('guild')"),
    # beginnings, near words, crossed out names
    ("negotiat*", "words that begin with negotiat", "'negotiat':*"),
    ("neg* ferry", "words that begin with neg and ferry", "('neg':*) & ('ferry')"),
    ('"ferry strike"~2', "ferry, strike within 2 words of one another",
     "('ferry' <1> 'strike') | ('ferry' <2> 'strike') | ('strike' <1> 'ferry') | ('strike' <2> 'ferry')"),
    ('"ferry"~2', "“ferry”", "'ferry'"),
    ("[redacted]", "a name crossed out", "'xxxxx':*"),
    ("XXXXXXXXXXXX", "a name crossed out", "'xxxxx':*"),
    ("[REDACTED] visa", "a name crossed out and visa", "('xxxxx':*) & ('visa')"),
    ('"met xxxxxxxx today"', "“met xxxxxxxxxxxx today”", "'met xxxxxxxxxxxx today'"),
    # zones
    ("subject:ferry", "ferry in the subject", "'ferry':A"),
    ("title:ferry", "ferry in the subject", "'ferry':A"),
    ("SUBJECT:ferry", "ferry in the subject", "'ferry':A"),
    ("summary:ferry", "ferry in the summary", "'ferry':B"),
    ("body:ferry", "ferry in the body", "'ferry':D"),
    ("text:ferry", "ferry in the body", "'ferry':D"),
    ("subject:(ferry OR strike)", "ferry in the subject or strike in the subject", "('ferry':A) | ('strike':A)"),
    ("subject:(ferry strike)", "ferry in the subject and strike in the subject", "('ferry':A) & ('strike':A)"),
    ('subject:"ferry strike"', "“ferry strike” in the subject", "'ferry strike':A"),
    ("subject:neg*", "words that begin with neg in the subject", "'neg':*A"),
    ("-subject:ferry", "not ferry in the subject", "!('ferry':A)"),
    ("subject:538", "538 in the subject", "'538':A | '0538':A | '00538':A | '000538':A"),
    # facts
    ("tag:PTER", "TAG PTER", ""),
    ("tags:PTER", "TAG PTER", ""),
    ("tag:(PTER OR PGOV)", "TAG PTER or TAG PGOV", ""),
    ("tag:(PTER PGOV)", "TAG PTER and TAG PGOV", ""),
    ("tag:(PTER -PGOV)", "TAG PTER and not TAG PGOV", ""),
    ("-tag:PTER", "not TAG PTER", ""),
    ('tag:"Human Rights"', "TAG Human Rights", ""),
    ('origin:"Embassy Valdmark"', "from Embassy Valdmark", ""),
    ("from:valdmark", "from valdmark", ""),
    ("country:XO", "from posts in XO", ""),
    ("class:secret", "classified secret", ""),
    ("classification:secret", "classified secret", ""),
    ("caption:NOFORN", "captioned NOFORN", ""),
    ("id:05VALDMARK538", "identifier 05VALDMARK538", ""),
    ("to:SECSTATE", "sent to SECSTATE", ""),
    ("cites:05VALDMARK347", "citing 05VALDMARK347", ""),
    ("citedby:05VALDMARK538", "cited by 05VALDMARK538", ""),
    ("mark:S/NF", "with a paragraph marked S/NF", ""),
    ("mark:S/NF visa", "with a paragraph marked S/NF and visa", ""),
    ("held:no", "held: no", ""),
    ("ferry tag:PTER", "ferry and TAG PTER", ""),
    ("ferry OR tag:PTER", "ferry or TAG PTER", ""),
    ("para:(ferry strike)", "in one paragraph: (ferry and strike)", ""),
    ("para:ferry", "in one paragraph: (ferry)", ""),
    # dates
    ("date:2005", "sent from 1 January 2005 to 31 December 2005", ""),
    ("date:2005-02", "sent from 1 February 2005 to 28 February 2005", ""),
    ("date:2004-02", "sent from 1 February 2004 to 29 February 2004", ""),
    ("date:2005-02-10", "sent on 10 February 2005", ""),
    ("date:[2005-01 TO 2005-06]", "sent from 1 January 2005 to 30 June 2005", ""),
    ("date:{2005-01 TO 2005-06}", "sent from 1 February 2005 to 31 May 2005", ""),
    ("date:[2005 TO *]", "sent from 1 January 2005 on", ""),
    ("date:[* TO 2005]", "sent until 31 December 2005", ""),
    ("date:>2005-01", "sent from 1 February 2005 on", ""),
    ("date:>=2005-01", "sent from 1 January 2005 on", ""),
    ("date:<2005-01", "sent until 31 December 2004", ""),
    ("date:<=2005-01", "sent until 31 January 2005", ""),
    ('date:"2005-02-10"', "sent on 10 February 2005", ""),
    ("ferry date:2005", "ferry and sent from 1 January 2005 to 31 December 2005", ""),
    # nothing to look for
    ("", "", ""),
    ("   ", "", ""),
]  # fmt: skip

# typed, read as, what is told
TOLD = [
    ("ne*", "ne", "“ne*”: a beginning needs 3 letters; it was read as the word “ne”."),
    ("fery~", "fery", "“fery~”: words like another cannot be looked for yet; the word itself was."),
    ("fery~2", "fery", "“fery~2”: words like another cannot be looked for yet; the word itself was."),
    ("*ferry", "ferry", "“*ferry”: only the end of a word can be left open, as in “ferry*”."),
    ("fe?ry", "fe and ry", "“fe?ry”: only the end of a word can be left open, as in “fe*”."),
    ("foo:bar", "“foo:bar”", "“foo:” is no field, so “foo:bar” was looked for as it stands."),
    ("foo:(bar baz)", "foo and bar and baz", "“foo:” is no field, so it was read as a word."),
    ("subject:tag:PTER", "“tag:PTER” in the subject", "“tag:” is no field, so “tag:PTER” was looked for as it stands."),
    ('"ferry strike', "ferry and strike", NO_QUERY),
    ("(ferry", "ferry", NO_QUERY),
    ("ferry)", "ferry", NO_QUERY),
    ("ferry AND", "ferry", NO_QUERY),
    ("OR ferry", "ferry", NO_QUERY),
    ("ferry AND OR strike", "ferry and strike", NO_QUERY),
    ("[ferry]", "ferry", NO_QUERY),
    ("ferry {", "ferry", NO_QUERY),
    ('say "yes" "no', "say and “yes” and no", NO_QUERY),
    ("tag:", "“tag:”", NO_QUERY),
    ("((", "", "There is no word in “((” to look for."),
    ("~", "", "There is no word in “~” to look for."),
    ("*", "", "There is no word in “*” to look for."),
    ("-", "", "There is no word in “-” to look for."),
    (":", "", "There is no word in “:” to look for."),
    ("!!!", "", "There is no word in “!!!” to look for."),
    ("😀", "", "There is no word in “😀” to look for."),
    ("date:yesterday", "“date:yesterday”", "“date:yesterday” names no date: write 2005, 2005-02 or 2005-02-10."),
    ("date:2005-13", "“date:2005-13”", "“date:2005-13” names no date: write 2005, 2005-02 or 2005-02-10."),
    ('"a b c d e"~3', "a and b and c and d and e",
     "“a b c d e”: nearness is for 4 words at most; all were looked for anywhere."),
    ('"ferry strike"~90', "ferry, strike within 20 words of one another",
     "“ferry strike”: nearness is looked for up to 20 words."),
    ("x" * 2 * LONGEST, "a name crossed out", f"Only the first {LONGEST} characters were read."),
    ("(" * 30 + "ferry", "ferry",
     f"More than {MOST_TERMS} words or 20 brackets: only its first words were looked for."),
]  # fmt: skip

# What everybody writes is not explained; the rest is.
PLAIN = ["ferry", "ferry -visa", '"harbour strike" guild', "No. 5", "12:30", "http://ferry.example/x", "a/b", "/ferry/"]


@pytest.mark.parametrize(("typed", "words", "to_tsquery"), QUERIES)
def test_query_is_read(typed, words, to_tsquery):
    reading = read_query(typed)

    assert (reading.wording, reading.notes) == (words, ())
    assert (text_query(reading.tree) if reading.tree and is_text(reading.tree) else "") == to_tsquery


@pytest.mark.parametrize(("typed", "words", "note"), TOLD)
def test_what_is_read_otherwise_is_told(typed, words, note):
    reading = read_query(typed)

    assert reading.wording == words
    assert note in reading.notes
    assert not reading.is_plain


@pytest.mark.parametrize("typed", PLAIN)
def test_plain_query_needs_no_telling(typed):
    assert read_query(typed).is_plain


@pytest.mark.parametrize("typed", ["a OR b", "a AND b", "neg*", "fery~", "subject:a", "tag:PTER", "[redacted]"])
def test_query_with_syntax_is_told(typed):
    assert not read_query(typed).is_plain


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("fer\x00ry", "fer ry"),
        ("\ue000ferry\ue001", "ferry"),
        ("x " * 2 * LONGEST, ("x " * (LONGEST // 2)).strip()),
        ("ferry\u200bstrike\ud800", "ferry strike"),
    ],
)
def test_clean(typed, query):
    assert clean(typed) == query


@pytest.mark.parametrize(
    ("query", "excludes"),
    [("-visa", True), ('-"the ferry" -visa', True), ("ferry -visa", False), ("-", False), ("", False)],
)
def test_only_excludes(query, excludes):
    assert only_excludes(read_query(query).tree) is excludes


syntax = st.text(alphabet="ab \"'()[]{}:*~?^-+/\\<>=!&|,.0XORANDT–“é\x00😀", max_size=60)


@given(st.one_of(st.text(max_size=80), syntax))
@settings(max_examples=600)
def test_any_text_is_read(typed):
    reading = read_query(typed)
    assert reading.tree is not None or reading.wording == ""
    if reading.tree is not None and is_text(reading.tree):
        assert text_query(reading.tree)


@given(syntax)
@settings(max_examples=400)
def test_what_is_written_out_reads_the_same(typed):
    tree = read_query(typed).tree
    text = written(tree)
    if len(text) <= LONGEST:
        assert read_query(text).tree == tree


@pytest.mark.parametrize(
    "typed", ["(" * 100_000, '"' * 100_000, "a " * 100_000, "a AND (" * 9, "~" * 900, "\\" * 900, "a:" * 400]
)
def test_hostile_query_is_read_at_once(typed):
    with patience(5):
        read_query(typed)


@pytest.mark.django_db
@given(st.one_of(st.text(max_size=60), syntax))
@settings(max_examples=200, deadline=None)
def test_database_takes_what_any_text_is_read_as(typed):
    tree = read_query(typed).tree
    if tree is not None and is_text(tree):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_tsquery('cables', %s)", [text_query(tree)])
            assert cursor.fetchone()[0] is not None
