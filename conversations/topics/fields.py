"""The field of forms in which somebody says what a conversation is about."""

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import CommunityPage
from core.topics import from_text, topics_of


class TopicsForm(forms.Form):
    """Topics of the hub's vocabulary, as they are typed everywhere: with commas between them."""

    use_required_attribute = False

    topics = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def suggest(self, community: CommunityPage) -> None:
        """Say what the community is about: most of what is said there is about one of these."""
        names = ", ".join(topic.name for topic in topics_of(community))
        words = _("Topics, with commas between them. Whoever looks for one of them finds this.")
        about = _("This community is about: %(topics)s.") % {"topics": names} if names else ""
        self.fields["topics"].help_text = f"{words} {about}".strip()

    def clean_topics(self) -> str:
        text = str(self.cleaned_data["topics"])
        from_text(text)  # says what is no topic
        return text

    @property
    def topic_names(self) -> list[str]:
        """Those that were typed."""
        return from_text(str(self.cleaned_data.get("topics", "")))
