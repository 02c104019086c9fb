"""The vocabulary, on its own: people need it, and everything else here needs people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=200, unique=True)),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
                ("summary", models.CharField(blank=True, max_length=1000, verbose_name="summary")),
                ("was_typed", models.BooleanField(db_default=False, default=False, editable=False)),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="a_topic_has_an_address"
                    )
                ],
            },
        ),
    ]
