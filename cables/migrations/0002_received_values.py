"""What the parser and the importer need to read a cable again: the values as received, and where each piece starts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


STARTS = """
UPDATE cables_paragraph SET start = place.start
FROM (
    SELECT id, sum(length(raw)) OVER (PARTITION BY cable_id ORDER BY position) - length(raw) AS start
    FROM cables_paragraph
) place
WHERE place.id = cables_paragraph.id
"""

# Compressing long texts takes most of the time that writing them takes, and reading one cable saves nothing by it.
AS_IT_IS = """
ALTER TABLE cables_cable ALTER COLUMN header SET STORAGE EXTERNAL, ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE cables_paragraph ALTER COLUMN text SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0001_tables'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='version',
            name='version_once',
        ),
        migrations.AddField(
            model_name='cable',
            name='corrected',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='cable',
            name='received',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='importproblem',
            name='received',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importproblem',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='settled', to='cables.importrun'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='items',
            field=models.IntegerField(default=0, help_text='How many cables and unreadable places, from the beginning of the files, are done with.'),
        ),
        migrations.AddField(
            model_name='paragraph',
            name='start',
            field=models.IntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(STARTS, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='paragraph',
            name='raw',
        ),
        migrations.RunSQL(AS_IT_IS, reverse_sql=migrations.RunSQL.noop),
        migrations.AddField(
            model_name='version',
            name='former_reading',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='cable',
            index=models.Index(fields=['content_hash'], name='cable_by_hash'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['content_hash'], name='version_by_hash'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('former_reading', False)), fields=('cable', 'content_hash'), name='version_once'),
        ),
    ]
