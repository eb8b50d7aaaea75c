"""The archive's own words: what it can offer where a reader mistyped, remembers half a word, or wants more of a kind.

They are words as cables write them, in small letters and not cut to stems (text search configuration "cables_words",
migration 0007); names and misprints are among them. A large archive is not read whole: all subjects are, and the texts
of an even sample of its cables, which has nearly every word that more than a few cables have.
"""

from __future__ import annotations

from django.db import connection, models, transaction

from cables.models.cable import Cable
from cables.models.search_entry import LONGEST_SEARCHED
from cables.models.withholding import SHOWN

TEXTS_READ = 20_000
"""Cables whose texts are read: every one up to so many, an even sample of a larger archive."""
MOST_WORDS = 100_000
"""Words that are kept, those of the most cables; looking for likenesses takes time in proportion."""
SMALL = 2_000
"""Cables up to which a word of a single cable is kept."""
FEWEST_CABLES = 3
"""Cables that must have a word in a larger archive; what fewer have is misprints for the most part."""
GROWTH = 0.1
"""The part by which an archive has grown, or shrunk, when its words are gathered anew."""
SELDOM = 100
"""Cables, of those read, that have a word of which it is worth asking whether any cable has it still."""

_SHOWN = SHOWN.format(cable="cable.id")
_WORDS_OF_A_TEXT = f"""
to_tsvector('cables_words', concat_ws(' ', cable.subject, cable.summary, left((
    SELECT string_agg(paragraph.text, ' ') FROM cables_paragraph paragraph
    WHERE paragraph.cable_id = cable.id AND paragraph.kind <> 'apparatus'
), {LONGEST_SEARCHED:d})))
"""  # noqa: S608 - put together from constants
# ts_stat takes the text of a query; all that is put into it are whole numbers.
_TEXTS = f"""
SELECT {_WORDS_OF_A_TEXT}
FROM generate_series({{first:d}}, {{last:d}}, {{step:d}}) AS chosen JOIN cables_cable cable ON cable.id = chosen
WHERE {_SHOWN}
UNION ALL
SELECT to_tsvector('cables_words', cable.subject) FROM cables_cable cable
WHERE (cable.id - {{first:d}}) % {{step:d}} <> 0 AND {_SHOWN}
"""  # noqa: S608 - likewise
_SUBJECTS = f"SELECT to_tsvector('cables_words', cable.subject) FROM cables_cable cable WHERE {_SHOWN}"  # noqa: S608 - likewise
# A word without a stem is not searched for ("the"); one of crosses is a name that was crossed out.
_GATHER = """
INSERT INTO cables_word (text, folded, stem, cables, subjects)
SELECT word, lower(unaccent(word)), stem, ndoc, coalesce(subjects, 0)
FROM ts_stat(%(texts)s) LEFT JOIN (SELECT word, ndoc AS subjects FROM ts_stat(%(in_subjects)s)) subject USING (word),
     LATERAL (SELECT (tsvector_to_array(to_tsvector('cables', word)))[1] AS stem) stems
WHERE ndoc >= %(fewest)s AND length(word) BETWEEN 3 AND 30 AND word !~ '^x{5,}$' AND stem IS NOT NULL
ORDER BY ndoc DESC, word LIMIT %(most)s
"""
# The planner takes the comparison of a vector with a query to cost nothing, and would read every vector.
_PLANS = "SET LOCAL enable_seqscan = {switch}"
_FORGET = f"""
DELETE FROM cables_word word USING (
    SELECT DISTINCT unnest(tsvector_to_array({_WORDS_OF_A_TEXT})) AS text
    FROM cables_cable cable WHERE cable.id = ANY(%(cables)s)
) own
WHERE word.text = own.text AND word.cables <= %(seldom)s AND NOT EXISTS (
    SELECT FROM cables_searchentry WHERE vector @@ ('''' || word.stem || '''')::tsquery
)
"""  # noqa: S608 - likewise


class WordManager(models.Manager["Word"]):
    """Verbs on the words of the archive."""

    def keep_up(self) -> bool:
        """Gather the words anew if the archive has changed much since; return whether they were gathered."""
        held = Cable.objects.order_by().count()
        last = WordList.objects.first()
        if last is not None and abs(held - last.held) <= GROWTH * last.held:
            return False
        self.gather()
        return True

    def gather(self) -> int:
        """Replace the words by those that the cables have now and return how many there are; readers go on."""
        ids = Cable.objects.order_by().aggregate(held=models.Count("pk"), first=models.Min("pk"), last=models.Max("pk"))
        held, first, last = ids["held"], ids["first"] or 0, ids["last"] or 0
        step = max(1, -(-held // TEXTS_READ))
        parameters: dict[str, int | str] = {
            "texts": _TEXTS.format(first=first, last=last, step=step),
            "in_subjects": _SUBJECTS,
            "fewest": FEWEST_CABLES if held > SMALL else 1,
            "most": MOST_WORDS,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE cables_wordlist IN EXCLUSIVE MODE")  # one gathers at a time
            before = self.aggregate(last=models.Max("pk"))["last"] or 0
            cursor.execute(_GATHER, parameters)
            count = cursor.rowcount
            # Last, so that nobody who forgets a word waits for the gathering to end.
            self.filter(pk__lte=before).delete()
            WordList.objects.all().delete()
            WordList.objects.create(held=held, step=step)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cables_word")
        return count

    def forget(self, cable_ids: list[int]) -> None:
        """Take away the words of these cables that no search finds any more; they come back when words are gathered."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_PLANS.format(switch="off"))
            cursor.execute(_FORGET, {"cables": cable_ids, "seldom": SELDOM})
            cursor.execute(_PLANS.format(switch="on"))


class Word(models.Model):
    """A word as written, the same with accents folded, its stem as the search knows it, and how many cables have it.

    `cables` counts the cables whose texts were read; `subjects` counts all subjects.
    """

    text = models.TextField(db_collation="C")
    folded = models.TextField(db_collation="C")
    stem = models.TextField(db_collation="C")
    cables = models.IntegerField()
    subjects = models.IntegerField()

    objects = WordManager()

    class Meta:
        indexes = [
            models.Index(fields=["folded"], name="word_by_beginning"),
            models.Index(fields=["stem"], name="word_by_stem"),
        ]

    def __str__(self) -> str:
        return self.text


class WordList(models.Model):
    """What the words were gathered from: so many cables were held, and the text of every `step`th was read."""

    held = models.IntegerField()
    step = models.IntegerField()

    def __str__(self) -> str:
        return f"words of {self.held} cables"
