"""What writing needs to know of surgeries."""

from communities.choices import Capability
from communities.content_writing.kinds import Writing
from surgeries.models import SurgeryIndexPage, SurgeryPage
from surgeries.writing.fields import KIND, NEEDED

WRITING = Writing(SurgeryPage, SurgeryIndexPage, Capability.SURGERIES, KIND, NEEDED)
