"""Whose hub it is: its name, its body, its logo and cover, who sends its e-mails, and whom readers turn to.

The hub team sets it in Wagtail's editor (*Settings → The hub*); what they leave empty comes from the environment.
Everything asks ``branding()``: pages, e-mails, feeds, calendars, the manifest, Wagtail's own pages.
"""

from core.branding.current import Branding, Contact, branding

__all__ = ["Branding", "Contact", "branding"]
