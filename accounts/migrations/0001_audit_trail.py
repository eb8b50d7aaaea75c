"""Names for what the libraries store, and an audit trail that can only be added to.

The trigger fires ALWAYS: an import switches the ordinary ones off for its own transaction. Emptying the whole database
(TRUNCATE, as `manage.py flush` does it) is not what it is against.
"""

from django.db import migrations

ONLY_ADDED_TO = """
CREATE FUNCTION audit_trail_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only added to.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON auditlog_logentry
    FOR EACH ROW EXECUTE FUNCTION audit_trail_is_only_added_to();
ALTER TABLE auditlog_logentry ENABLE ALWAYS TRIGGER only_added_to;
"""
AS_BEFORE = """
DROP TRIGGER only_added_to ON auditlog_logentry;
DROP FUNCTION audit_trail_is_only_added_to();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auditlog', '0017_add_actor_email'),
        ('axes', '0010_accessattemptexpiration'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[],
            options={
                'verbose_name': 'entry of the audit trail',
                'verbose_name_plural': 'audit trail',
                'proxy': True,
                'default_permissions': ['view'],
                'indexes': [],
                'constraints': [],
            },
            bases=('auditlog.logentry',),
        ),
        migrations.CreateModel(
            name='FailedSignIn',
            fields=[],
            options={
                'verbose_name': 'failed sign-in',
                'verbose_name_plural': 'failed sign-ins and locks',
                'proxy': True,
                'default_permissions': ['view', 'delete'],
                'indexes': [],
                'constraints': [],
            },
            bases=('axes.accessattempt',),
        ),
        migrations.RunSQL(ONLY_ADDED_TO, AS_BEFORE),
        migrations.RunSQL(
            'CREATE INDEX audit_trail_by_name ON auditlog_logentry (upper(object_repr) text_pattern_ops)',
            'DROP INDEX audit_trail_by_name',
        ),
    ]
