"""Corrections by hand lie beside their cables, with what the files say.

What the file says of a field that was corrected before is not known any more: `manage.py reparse` finds it out.
"""

import cables.models.identifier_field
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_CLASSIFICATIONS = (
    "NOT STATED", "UNCLASSIFIED", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET",
    "TOP SECRET",
)
_REDACTIONS = ("unknown", "redacted", "not redacted")


def carry_over(apps, schema_editor):
    """Make a correction of every field that a cable names as corrected."""
    Cable, Correction = apps.get_model("cables", "Cable"), apps.get_model("cables", "Correction")
    corrected = Cable.objects.exclude(corrected=[]).order_by("pk").select_related("origin").defer("header", "body")
    for cable in corrected.iterator(chunk_size=500):
        Correction.objects.bulk_create(
            Correction(cable=cable, field=name, value=_value(cable, name))
            for name in cable.corrected
            if name in _FIELDS
        )


def _value(cable, name):
    value = getattr(cable, name)
    if name == "origin":
        return value.slug if value else ""
    if name in {"sent_at", "released_on", "declassify_on"}:
        return value.isoformat() if value else ""
    if name == "classification":
        return _CLASSIFICATIONS[value]
    if name == "redaction":
        return _REDACTIONS[value]
    return "" if value is None else value


_CHOICES = [
    ('identifier', 'Identifier'), ('origin', 'Origin'), ('subject', 'Subject'), ('sent_at', 'Date'),
    ('released_on', 'Released'), ('classification', 'Classification'), ('captions', 'Captions'), ('tags', 'TAGS'),
    ('references', 'References'), ('recipients', 'To'), ('info_recipients', 'For information'), ('signers', 'Signed by'),
    ('classified_by', 'Classified by'), ('classification_reasons', 'Reasons'), ('declassify_on', 'Declassify on'),
    ('declassify_condition', 'Declassify'), ('summary', 'Summary'), ('comment', 'Comment'), ('precedence', 'Precedence'),
    ('date_time_group', 'Date-time group'), ('sections', 'Sections'), ('redaction', 'Redacted'),
    ('is_partial', 'Extract only'),
]
_FIELDS = dict(_CHOICES).keys() - {"identifier", "tags", "references"}


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0012_withholding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=_CHOICES, max_length=40)),
                ('value', models.JSONField()),
                ('received', models.JSONField(null=True, verbose_name='what the file says')),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('changed_at', models.DateTimeField(null=True)),
                ('cable', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='cables.cable')),
                ('changed_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cables.importrun')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'default_permissions': (),
                'indexes': [models.Index(models.F('received'), condition=models.Q(('field', 'identifier')), name='correction_of_identifier')],
                'constraints': [models.UniqueConstraint(fields=('cable', 'field'), name='correction_once')],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='cable',
            name='corrected',
        ),
        migrations.AlterField(
            model_name='alias',
            name='target',
            field=cables.models.identifier_field.IdentifierField(blank=True, db_collation='C', max_length=100),
        ),
    ]
