from django.db import migrations, models

import hub.secret_addresses


class Migration(migrations.Migration):
    dependencies = [("search", "0006_alerts_are_asked_for")]

    operations = [
        migrations.RenameField("savedsearch", "key", "feed_number"),
        migrations.AlterField(
            "savedsearch",
            "feed_number",
            models.CharField(default=hub.secret_addresses.new_number, editable=False, max_length=40, unique=True),
        ),
    ]
