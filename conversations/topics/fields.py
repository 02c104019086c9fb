"""The field of forms in which somebody says what a conversation is about."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import CommunityPage
from core.audiences import Viewer
from core.topics import from_text, topics_of
from search.lookup import topics

OFFERED = 300  # topics


class TopicsInput(forms.TextInput):
    """A line of topics, with those that there are offered by the browser while one types (``topics.js`` does so after
    each comma; without it, for the first).
    """

    offered: Iterable[str] = ()

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        names = list(self.offered)
        if not names:
            return super().render(name, value, attrs, renderer)
        key = f"offered-{name}"
        field = super().render(name, value, {**(attrs or {}), "list": key, "data-topics": ""}, renderer)
        options = format_html_join("", '<option value="{}">', ((each,) for each in names))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class TopicsForm(forms.Form):
    """Topics of the hub's vocabulary, as they are typed everywhere: with commas between them."""

    use_required_attribute = False

    topics = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=2000,
        required=False,
        widget=TopicsInput(attrs={"autocomplete": "off"}),
    )

    def suggest(self, community: CommunityPage) -> None:
        """Say what the community is about: most of what is said there is about one of these."""
        names = ", ".join(topic.name for topic in topics_of(community))
        words = _("Topics, with commas between them. Whoever looks for one of them finds this.")
        about = _("This community is about: %(topics)s.") % {"topics": names} if names else ""
        self.fields["topics"].help_text = f"{words} {about}".strip()

    def offer(self, viewer: Viewer) -> None:
        """Offer the topics of what ``viewer`` may see."""
        names = topics(viewer).order_by("key").values_list("name", flat=True)[:OFFERED]
        cast("TopicsInput", self.fields["topics"].widget).offered = names

    def clean_topics(self) -> str:
        text = str(self.cleaned_data["topics"])
        from_text(text)  # says what is no topic
        return text

    @property
    def topic_names(self) -> list[str]:
        """Those that were typed."""
        return from_text(str(self.cleaned_data.get("topics", "")))
