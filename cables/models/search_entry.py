"""The search entry: a narrow row beside each cable, and the one definition of what can be found in it.

The row holds only what a search filters, counts and sorts by; its vector lies out of line, so that counting never drags
the words along. The words are analysed by the text search configuration "cables" (migration 0001): accents folded,
English stems, one configuration for index, query and snippet.

Beside the index of all words stands that of prominent ones. The function cables_prominent (migration 0006) keeps the
words that a cable has much of, each behind two letters: the weight of its first place, and how much there is of it
(occurrences, one in the subject as ten, over the logarithm of the text's length, which is how a word alone is ranked).
So the best cables for a frequent word are found without reading any vector (search/ranking.py). It is an index of an
expression: nothing is stored in the row, nothing can be out of step.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import OperationalError, connection, models, transaction
from django.db.models import Func

from cables.models.search_gist import SearchGist
from cables.models.withholding import Withholding
from cables.reference_data import tables

CONFIGURATION = "cables"
LONGEST_SEARCHED = 200_000
"""Characters of a text whose words fit a vector whatever they are; nearly all texts are far shorter."""

WEIGHTS = "ABCD"
PROMINENT = "search_prominent"

PROMINENCES = list(zip((4, 6, 8, 11, 15, 21, 30, 42, 60, 84), "abcdefghij", strict=True))
"""Ten times the least prominence of each class, and its letter, as cables_prominent writes them."""

PAIRS = "search_pairs"

_ANY_LENGTH = 2**30
_PROGRAM_LIMIT_EXCEEDED = "54000"

# Weights: A subject, B summary and TAGS with their meanings, C identifier, origin and its country, D the text.
_REFRESH = """
WITH made AS (
    SELECT cable.id, cable.sent_at AT TIME ZONE 'UTC' AS sent_at, cable.origin_id, cable.classification, cable.captions,
           coalesce(tags.ids, '{}') AS tag_ids, coalesce(paragraphs.marks, '{}') AS marks,
           setweight(to_tsvector('cables', cable.subject), 'A')
           || setweight(to_tsvector('cables', cable.summary || ' ' || coalesce(tags.words, '')), 'B') AS gist,
           setweight(to_tsvector('cables', concat_ws(
               ' ', cable.identifier, post.name, coalesce(%(countries)s::jsonb ->> upper(post.country), post.country)
           )), 'C')
           || to_tsvector('cables', left(coalesce(paragraphs.words, ''), %(longest)s)) AS rest
    FROM cables_cable cable
    LEFT JOIN cables_post post ON post.id = cable.origin_id
    LEFT JOIN LATERAL (
        SELECT array_agg(tag.id ORDER BY tag.id) AS ids,
               string_agg(tag.code || ' ' || tag.title, ' ' ORDER BY cables_cabletag.position, tag.code) AS words
        FROM cables_cabletag JOIN cables_tag tag ON tag.id = cables_cabletag.tag_id
        WHERE cables_cabletag.cable_id = cable.id
    ) tags ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(paragraph.text, ' ' ORDER BY paragraph.position) AS words,
               array_agg(DISTINCT paragraph.marking) FILTER (WHERE paragraph.marking <> '') AS marks
        FROM cables_paragraph paragraph
        WHERE paragraph.cable_id = cable.id AND paragraph.kind <> 'apparatus'
    ) paragraphs ON true
    WHERE cable.id = ANY(%(cables)s)
), gists AS (
    INSERT INTO cables_searchgist (cable_id, words) SELECT id, gist FROM made
    ON CONFLICT (cable_id) DO UPDATE SET words = EXCLUDED.words
)
INSERT INTO cables_searchentry
    (cable_id, day, year, origin_id, classification, tag_ids, captions, marks, length, vector)
SELECT id, sent_at::date, extract(year FROM sent_at), origin_id, classification, tag_ids, captions, marks,
       length(gist || rest), gist || rest
FROM made
ON CONFLICT (cable_id) DO UPDATE SET
    day = EXCLUDED.day, year = EXCLUDED.year, origin_id = EXCLUDED.origin_id,
    classification = EXCLUDED.classification, tag_ids = EXCLUDED.tag_ids, captions = EXCLUDED.captions,
    marks = EXCLUDED.marks, length = EXCLUDED.length, vector = EXCLUDED.vector
"""


@cache
def _country_names() -> str:
    """Return the names of countries by their codes, as a JSON object."""
    return json.dumps({country.code: country.name for country in tables.countries()})


class SearchEntryManager(models.Manager["SearchEntry"]):
    """Verbs on search entries."""

    def refresh(self, cable_ids: list[int]) -> list[int]:
        """Make the entries of these cables anew from their stored fields; those that are withheld have none.

        A vector holds at most 1 MiB: of a cable with more words only the first LONGEST_SEARCHED characters of its
        text can be found. Return the numbers of those cables.
        """
        with transaction.atomic():
            withheld = Withholding.objects.among(cable_ids)
            if withheld:
                self.filter(cable__in=withheld).delete()
                SearchGist.objects.filter(cable__in=withheld).delete()
            return self._make([number for number in cable_ids if number not in withheld])

    def _make(self, cable_ids: list[int]) -> list[int]:
        """Make the entries of these cables, and return the numbers of those whose words do not fit."""
        if not cable_ids or self._refresh(cable_ids, _ANY_LENGTH):
            return []
        if len(cable_ids) == 1:
            self._refresh(cable_ids, LONGEST_SEARCHED)
            return cable_ids
        middle = len(cable_ids) // 2
        return self._make(cable_ids[:middle]) + self._make(cable_ids[middle:])

    def _refresh(self, cable_ids: list[int], longest: int) -> bool:
        """Make the entries and return True, or return False where the words of a cable fit no vector."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                parameters: dict[str, Any] = {"cables": cable_ids, "longest": longest, "countries": _country_names()}
                cursor.execute(_REFRESH, parameters)
        except OperationalError as error:
            too_long = getattr(error.__cause__, "sqlstate", None) == _PROGRAM_LIMIT_EXCEEDED
            if not too_long or longest == LONGEST_SEARCHED:
                raise
            return False
        return True


class SearchEntry(models.Model):
    """What a search needs of one cable."""

    cable = models.OneToOneField("Cable", on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    day = models.DateField(null=True)
    year = models.SmallIntegerField(null=True)
    origin = models.ForeignKey("Post", on_delete=models.CASCADE, null=True, db_index=False, related_name="+")
    classification = models.SmallIntegerField()
    tag_ids = ArrayField(models.IntegerField())
    captions = ArrayField(models.TextField(), default=list)
    marks = ArrayField(models.TextField(), default=list)
    length = models.IntegerField(help_text="How many different words the vector holds.")
    vector = SearchVectorField()

    objects = SearchEntryManager()

    class Meta:
        indexes = [
            GinIndex(
                fields=["vector", "tag_ids", "origin", "classification", "captions", "marks"], name="search_words"
            ),
            GinIndex(Func("vector", function="cables_prominent", output_field=SearchVectorField()), name=PROMINENT),
            GinIndex(Func("vector", function="cables_pairs", output_field=ArrayField(models.TextField())), name=PAIRS),
            models.Index(fields=["-day", "-cable"], name="search_newest_first"),
        ]

    def __str__(self) -> str:
        return f"entry of {self.cable_id}"
