"""What writing needs to know of guidance."""

from django.utils import timezone

from communities.choices import Capability
from communities.content_writing.kinds import Writing
from knowledge.models import GuidanceIndexPage, GuidancePage
from knowledge.writing.fields import KIND, NEEDED
from people.models import User


def _begun(page: GuidancePage, by: User) -> None:
    page.authors.add(by)


def _goes_out(page: GuidancePage) -> None:
    page.written_on = timezone.localdate()


WRITING = Writing(GuidancePage, GuidanceIndexPage, Capability.GUIDANCE, KIND, NEEDED, begun=_begun, goes_out=_goes_out)
