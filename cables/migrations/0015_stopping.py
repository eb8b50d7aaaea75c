"""An upload that a worker is busy with can be stopped."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cables', '0014_admin_search'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='state',
            field=models.CharField(choices=[('to read', 'waiting to be looked through'), ('reading', 'being looked through'), ('ready', 'looked through'), ('to import', 'waiting to be imported'), ('importing', 'being imported'), ('stopping', 'about to stop'), ('imported', 'imported'), ('broken off', 'broken off'), ('discarded', 'discarded')], default='to read', max_length=10),
        ),
    ]
