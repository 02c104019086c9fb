"""Notes of each text which file it was read from, so that it is known when that is replaced."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_which_file(apps: Any, schema_editor: Any) -> None:
    """Up to now a text was kept until another was read, so that it is of the file as it stands there."""
    files = apps.get_model("hub", "HubDocument").objects.filter(pk=OuterRef("pk"))
    names, hashes = Subquery(files.values("file")[:1]), Subquery(files.values("file_hash")[:1])
    texts = apps.get_model("knowledge", "FileText").objects.filter(waits=False)
    texts.update(name=names, file_hash=hashes)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_file_text")]

    operations = [
        migrations.AddField(
            model_name="filetext",
            name="name",
            field=models.CharField(max_length=255, null=True),
        ),
        migrations.AddField(
            model_name="filetext",
            name="file_hash",
            field=models.CharField(max_length=40, null=True),
        ),
        migrations.RunPython(note_which_file, migrations.RunPython.noop),
    ]
