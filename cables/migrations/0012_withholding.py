"""Cables withheld from the public: a table beside the cables, none of whose rows is touched."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0011_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('cable', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withholding', serialize=False, to='cables.cable')),
                ('reason', models.TextField(help_text='Everybody who asks for the cable reads this. It should name nobody.')),
                ('note', models.TextField(blank=True, help_text='For administrators only: the letter, the court, the file number.')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('withheld_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'withheld cable',
                'ordering': ['-since', '-cable_id'],
            },
        ),
    ]
