"""How many cables are known to exist, by station and month."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0007_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownCount',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('station', models.CharField(help_text='As identifiers hold it: capitals without spaces.', max_length=100)),
                ('month', models.DateField(help_text='The first day of the month.')),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('station', 'month'), name='known_once')],
            },
        ),
    ]
