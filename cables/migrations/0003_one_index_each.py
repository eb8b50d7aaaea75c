"""Paragraphs and references by their place in the cable, identifiers by one index each: an import writes fewer."""

import cables.models.identifier_field
from django.db import migrations, models

BY_PLACE = """
ALTER TABLE cables_paragraph DROP CONSTRAINT paragraph_place, DROP COLUMN id, ADD PRIMARY KEY (cable_id, position);
ALTER TABLE cables_reference DROP CONSTRAINT reference_place, DROP COLUMN id, ADD PRIMARY KEY (cable_id, position);
"""


def by_place(model, constraint):
    """Return the operations by which a model forgets its number and is known by cable and position."""
    return [
        migrations.RemoveConstraint(model_name=model, name=constraint),
        migrations.RemoveField(model_name=model, name='id'),
        migrations.AddField(
            model_name=model,
            name='pk',
            field=models.CompositePrimaryKey(
                'cable_id', 'position', blank=True, editable=False, primary_key=True, serialize=False
            ),
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0002_received_values'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(BY_PLACE)],
            state_operations=by_place('paragraph', 'paragraph_place') + by_place('reference', 'reference_place'),
        ),
        migrations.AlterField(
            model_name='alias',
            name='identifier',
            field=cables.models.identifier_field.IdentifierField(db_collation='C', max_length=100),
        ),
        migrations.AlterField(
            model_name='alias',
            name='target',
            field=cables.models.identifier_field.IdentifierField(db_collation='C', max_length=100),
        ),
        migrations.AlterField(
            model_name='cable',
            name='identifier',
            field=cables.models.identifier_field.IdentifierField(db_collation='C', max_length=100),
        ),
        migrations.AlterField(
            model_name='reference',
            name='target_identifier',
            field=cables.models.identifier_field.IdentifierField(blank=True, db_collation='C', max_length=100),
        ),
        migrations.AddConstraint(
            model_name='alias',
            constraint=models.UniqueConstraint(fields=('identifier',), name='alias_once'),
        ),
        migrations.AddIndex(
            model_name='alias',
            index=models.Index(fields=['target'], name='alias_of'),
        ),
        migrations.AddConstraint(
            model_name='cable',
            constraint=models.UniqueConstraint(fields=('identifier',), name='cable_once'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['target_identifier'], name='reference_to'),
        ),
    ]
