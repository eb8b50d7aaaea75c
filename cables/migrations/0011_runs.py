"""What a run did can be told and undone: which run recorded a version and found an alias, which one undid it.

Problems can be set aside with a note.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0010_uploads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # The index of cables takes a second or two of a large archive, in which readers go on: it comes before all that
    # keeps them waiting.
    operations = [
        migrations.AddIndex(
            model_name='cable',
            index=models.Index(fields=['run', 'id'], name='cable_of_run'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['cable'], name='version_of_cable'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['run', 'id'], name='version_of_run'),
        ),
        migrations.AlterModelOptions(
            name='importrun',
            options={'ordering': ['-started_at', '-id'], 'permissions': [('undo_importrun', 'Can undo an import run')]},
        ),
        migrations.AddField(
            model_name='importrun',
            name='removed',
            field=models.IntegerField(default=0, help_text='Cables that the undoing of another run took away.'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='undone_by',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='undoes', to='cables.importrun'),
        ),
        migrations.AddField(
            model_name='importproblem',
            name='note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='importproblem',
            name='set_aside_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importproblem',
            name='set_aside_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='alias',
            name='run',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cables.importrun'),
        ),
        migrations.AddField(
            model_name='version',
            name='recorded_in',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='recorded', to='cables.importrun'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['recorded_in', 'id'], name='version_recorded_in'),
        ),
        migrations.AlterField(
            model_name='version',
            name='run',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='cables.importrun'),
        ),
        migrations.AlterField(
            model_name='cable',
            name='run',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cables', to='cables.importrun'),
        ),
    ]
