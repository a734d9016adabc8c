"""The tables behind the cache and the rate limits, both unlogged."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE frontdesk_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX frontdesk_cache_expires ON frontdesk_cache (expires);
CREATE UNLOGGED TABLE frontdesk_rate (
    name varchar(120) NOT NULL,
    window_start bigint NOT NULL,
    hits integer NOT NULL,
    PRIMARY KEY (name, window_start)
);
"""


class Migration(migrations.Migration):
    """Counted in PostgreSQL, so that limits do not multiply with the number of processes."""

    dependencies = []

    operations = [
        migrations.RunSQL(CREATE, "DROP TABLE frontdesk_rate; DROP TABLE frontdesk_cache;")
    ]
