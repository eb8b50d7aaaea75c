"""An index of the words of problems: their list is searched, however many there are."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# Paths are written with whatever stands between their words, and the parser of text search would take each for one.
WORDS = """
CREATE FUNCTION cables_problem_words(reason text, file text, identifier text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, regexp_replace(
    reason || ' ' || file || ' ' || identifier, '[^[:alnum:]]+', ' ', 'g'
))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0013_corrections'),
    ]

    operations = [
        migrations.RunSQL(WORDS, 'DROP FUNCTION cables_problem_words(text, text, text)'),
        migrations.AddIndex(
            model_name='importproblem',
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    'reason',
                    'file',
                    'identifier',
                    function='cables_problem_words',
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name='problem_words',
            ),
        ),
    ]
