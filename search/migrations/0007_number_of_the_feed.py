from django.db import migrations, models

import core.secret_urls


class Migration(migrations.Migration):
    dependencies = [("search", "0006_alerts_are_asked_for")]

    operations = [
        migrations.RenameField("savedsearch", "key", "feed_number"),
        migrations.AlterField(
            "savedsearch",
            "feed_number",
            models.CharField(default=core.secret_urls.new_number, editable=False, max_length=40, unique=True),
        ),
    ]
