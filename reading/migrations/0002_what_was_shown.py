from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reading", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="dismissed", options={"ordering": ("-since", "-pk")}),
        migrations.AddField(model_name="reader", name="changed", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="reader", name="shown", field=models.JSONField(null=True)),
        migrations.AddField(model_name="reader", name="before", field=models.JSONField(null=True)),
    ]
