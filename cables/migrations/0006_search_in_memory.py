"""What search over very many hits rests on: prominent words, pairs of words, the words of the gist, changes of entries.

Prominent words are described in models/search_entry.py, pairs in models/search_pairs.py, the gist in
models/search_gist.py. A change of entries
is noted by triggers, whoever makes it, for the copies in memory (search/holdings.py).
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

NOTE_CHANGES = """
CREATE FUNCTION cables_note_search_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO cables_searchchange (transaction, cables)
        VALUES (pg_current_xact_id()::text::bigint, NULL);
    ELSE
        INSERT INTO cables_searchchange (transaction, cables)
        SELECT pg_current_xact_id()::text::bigint, array_agg(cable_id) FROM changed HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER cables_search_inserted AFTER INSERT ON cables_searchentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION cables_note_search_change();
CREATE TRIGGER cables_search_updated AFTER UPDATE ON cables_searchentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION cables_note_search_change();
CREATE TRIGGER cables_search_deleted AFTER DELETE ON cables_searchentry REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION cables_note_search_change();
CREATE TRIGGER cables_search_emptied AFTER TRUNCATE ON cables_searchentry
    FOR EACH STATEMENT EXECUTE FUNCTION cables_note_search_change();
"""
FORGET_CHANGES = """
DROP TRIGGER cables_search_inserted ON cables_searchentry;
DROP TRIGGER cables_search_updated ON cables_searchentry;
DROP TRIGGER cables_search_deleted ON cables_searchentry;
DROP TRIGGER cables_search_emptied ON cables_searchentry;
DROP FUNCTION cables_note_search_change();
"""

PROMINENT = """
CREATE FUNCTION cables_prominent(words tsvector) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    damped double precision := ln(2 + length(words));
BEGIN
    RETURN array_to_tsvector(ARRAY(
        SELECT first || chr(96 + width_bucket(impact / damped, '{0.4,0.6,0.8,1.1,1.5,2.1,3,4.2,6,8.4}'::float8[])) || lexeme
        FROM (
            SELECT lexeme, weights[1] AS first,
                   cardinality(positions) + CASE weights[1] WHEN 'A' THEN 9 WHEN 'B' THEN 3 ELSE 0 END AS impact
            FROM unnest(words)
        ) word
        WHERE impact >= 0.4 * damped AND impact > 1
    ));
END
$$
"""

# Which words are frequent is decided when there are many cables (models/search_pairs.py).
PAIRS = """
CREATE FUNCTION cables_frequent() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT '{}'::text[] $$;
CREATE FUNCTION cables_pairs(words tsvector) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path FROM CURRENT AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT before || ' ' || lexeme
        FROM (
            SELECT lexeme, place, lag(lexeme) OVER places AS before, lag(place) OVER places AS place_before
            FROM unnest(ts_filter(setweight(setweight(words, 'D'), 'A', cables_frequent()), '{a}')),
                 unnest(positions) place
            WINDOW places AS (ORDER BY place)
        ) word
        WHERE place = place_before + 1
    );
END
$$
"""

# Rows of about 700 bytes, never compressed or moved out of line.
GIST_IN_LINE = "ALTER TABLE cables_searchgist ALTER COLUMN words SET STORAGE MAIN"

FILL = """
INSERT INTO cables_searchgist (cable_id, words) SELECT cable_id, ts_filter(vector, '{a,b}') FROM cables_searchentry;
UPDATE cables_searchentry SET length = length(vector);
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0005_comment'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchChange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('transaction', models.BigIntegerField()),
                ('cables', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True, size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['transaction'], name='search_change_when')],
            },
        ),
        migrations.CreateModel(
            name='SearchGist',
            fields=[
                ('cable', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cables.cable')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.AddField(
            model_name='searchentry',
            name='length',
            field=models.IntegerField(default=0, help_text='How many different words the vector holds.'),
            preserve_default=False,
        ),
        migrations.RunSQL(GIST_IN_LINE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchgist',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='search_gist_words'),
        ),
        migrations.RunSQL(NOTE_CHANGES, reverse_sql=FORGET_CHANGES),
        migrations.RunSQL(PROMINENT, reverse_sql='DROP FUNCTION cables_prominent(tsvector)'),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    'vector',
                    function='cables_prominent',
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name='search_prominent',
            ),
        ),
        migrations.RunSQL(
            PAIRS, reverse_sql='DROP FUNCTION cables_pairs(tsvector); DROP FUNCTION cables_frequent()'
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    'vector',
                    function='cables_pairs',
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                name='search_pairs',
            ),
        ),
        migrations.RunSQL(
            'ALTER INDEX search_pairs ALTER COLUMN 1 SET STATISTICS 0', reverse_sql=migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            'ALTER INDEX search_prominent ALTER COLUMN 1 SET STATISTICS 0', reverse_sql=migrations.RunSQL.noop
        ),
    ]
