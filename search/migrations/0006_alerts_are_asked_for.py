from django.db import migrations, models


class Migration(migrations.Migration):
    """Who saves a search is written to only where they asked for it. The default is Django's: no column changes, and
    whoever was promised e-mails before goes on getting them."""

    dependencies = [
        ("search", "0005_saved_searches"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="savedsearch",
                    name="alerts",
                    field=models.BooleanField(default=False, verbose_name="e-mail when something is new"),
                ),
            ],
        ),
    ]
