from typing import Any

from django.db import migrations, models

import core.topics


def fill(apps: Any, schema_editor: Any) -> None:
    """Of topics that were several by their letters only, the first is found from now on."""
    seen = set()
    for topic in apps.get_model("hub", "Topic").objects.order_by("pk"):
        key = core.topics.topic_key(topic.name)
        key = f"{key[:180]} {topic.pk}" if key in seen else key
        seen.add(key)
        values = {"key": key, "slug": topic.slug or f"topic_{topic.pk}"}
        type(topic).objects.filter(pk=topic.pk).update(**values)


class Migration(migrations.Migration):
    dependencies = [("hub", "0003_edition")]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="key",
            field=models.CharField(default="", editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="topic",
            name="key",
            field=models.CharField(editable=False, max_length=200, unique=True),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="a_topic_has_an_address"
            ),
        ),
    ]
