"""Writing guidance: the form, its preview, and publishing it."""

from communities.content_writing.views import WritingPages
from knowledge.models import GuidancePage
from knowledge.writing.forms import GuidanceForm
from knowledge.writing.kinds import WRITING


class GuidanceWriting(WritingPages[GuidancePage]):
    """What its form cannot show stands there as a line, so that no field is left out."""

    writing = WRITING
    form = GuidanceForm
    namespace = "knowledge"
