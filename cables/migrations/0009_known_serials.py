"""The serial numbers of the cables that are known to exist: a reference can be told from a misprint."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0008_known_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='knowncount',
            name='serials',
            field=ArrayField(base_field=models.PositiveIntegerField(), default=list, size=None),
        ),
    ]
