"""Captions and the marks of paragraphs in the search entry: both can be searched and counted with the rest."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# Short lists lie in line, as the TAGS do.
IN_LINE = """
ALTER TABLE cables_searchentry ALTER COLUMN captions SET STORAGE PLAIN, ALTER COLUMN marks SET STORAGE PLAIN
"""

FILL = """
UPDATE cables_searchentry entry SET captions = cable.captions, marks = coalesce(
    (SELECT array_agg(DISTINCT marking) FROM cables_paragraph
     WHERE cable_id = cable.id AND marking <> '' AND kind <> 'apparatus'), '{}')
FROM cables_cable cable WHERE cable.id = entry.cable_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0003_one_index_each'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='searchentry',
            name='search_words',
        ),
        migrations.AddField(
            model_name='searchentry',
            name='captions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='marks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.RunSQL(IN_LINE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', reverse_sql=migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(
                fields=['vector', 'tag_ids', 'origin', 'classification', 'captions', 'marks'], name='search_words'
            ),
        ),
    ]
