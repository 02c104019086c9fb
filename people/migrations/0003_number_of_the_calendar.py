from django.db import migrations, models

import core.secret_urls


class Migration(migrations.Migration):
    dependencies = [("people", "0002_one_name_one_address")]

    operations = [
        migrations.RenameField("user", "calendar_key", "calendar_number"),
        migrations.AlterField(
            "user",
            "calendar_number",
            models.CharField(default=core.secret_urls.new_number, editable=False, max_length=40, unique=True),
        ),
    ]
