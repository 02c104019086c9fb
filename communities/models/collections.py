"""Each community has one collection: its pictures and files stand there, whoever uploaded them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection


class CommunityCollection(models.Model):
    """Which collection is a community's."""

    changes_pages = False
    community = models.OneToOneField(
        "communities.CommunityPage", on_delete=models.CASCADE, primary_key=True, related_name="uploads"
    )
    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="of_community")

    class Meta:
        verbose_name = _("collection of a community")
        verbose_name_plural = _("collections of communities")

    def __str__(self) -> str:
        return str(self.collection)
