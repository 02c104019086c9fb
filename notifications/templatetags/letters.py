"""What templates of e-mails need."""

from django import template

from core.hub_address import absolute

register = template.Library()
register.filter("at_the_hub", absolute)
