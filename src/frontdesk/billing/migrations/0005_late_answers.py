"""What a late answer takes may be given back by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Off for all that are there."""

    dependencies = [
        ("billing", "0004_lapse_warnings"),
    ]

    operations = [
        migrations.AddField(
            model_name="pricerule",
            name="gives_back_late",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="gives back what a late answer took"
            ),
        ),
    ]
