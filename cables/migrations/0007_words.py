"""The archive's own words, gathered by a text search configuration that keeps them as they are written."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

# Words only: numbers, addresses and identifiers are none. Neither stems nor stop words.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION cables_words (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION cables_words ADD MAPPING FOR asciiword, word, hword_asciipart, hword_part WITH simple;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0006_search_in_memory'),
    ]

    operations = [
        CreateExtension('fuzzystrmatch'),
        migrations.RunSQL(CONFIGURATION, reverse_sql='DROP TEXT SEARCH CONFIGURATION cables_words'),
        migrations.CreateModel(
            name='WordList',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held', models.IntegerField()),
                ('step', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(db_collation='C')),
                ('folded', models.TextField(db_collation='C')),
                ('stem', models.TextField(db_collation='C')),
                ('cables', models.IntegerField()),
                ('subjects', models.IntegerField()),
            ],
            options={
                'indexes': [
                    models.Index(fields=['folded'], name='word_by_beginning'),
                    models.Index(fields=['stem'], name='word_by_stem'),
                ],
            },
        ),
    ]
