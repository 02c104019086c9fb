"""What pages are drawn with: components, template tags, styles, charts and pictures drawn by code."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    name = "design"
    verbose_name = _("Design")
