"""The comment of a cable, which the parser reads as it reads the summary; `manage.py reparse` fills it for what is held."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0004_captions_and_marks'),
    ]

    operations = [
        migrations.AddField(
            model_name='cable',
            name='comment',
            field=models.TextField(blank=True),
        ),
    ]
