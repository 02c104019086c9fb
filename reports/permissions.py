"""Who may do what with a report. Pure questions, each with its reason."""

from communities.models import CommunityContent
from core.audiences import Viewer, may_see
from reports.models import PageReport


def may_answer(person: Viewer, report: PageReport) -> bool:
    """The hub team, and the facilitators of the community that looks after the page."""
    return bool(PageReport.objects.asked_of(person).filter(pk=report.pk).exists())


def may_read(person: Viewer, report: PageReport) -> bool:
    """Whoever is to answer it, and whoever sent it."""
    return (person.is_authenticated and report.reporter_id == person.pk) or may_answer(person, report)


def can_be_hidden(report: PageReport) -> bool:
    """What a community looks after. A community, a list or the front page is not hidden because of one report."""
    return report.page is not None and issubclass(report.page.specific_class, CommunityContent)


def can_be_shown_again(report: PageReport) -> bool:
    """What was hidden because of a report, and was not published since: an editor who took it down had a reason."""
    return can_be_hidden(report) and PageReport.objects.hiding(report.page).exists()


def knows_title(person: Viewer, report: PageReport) -> bool:
    """The hub team answers reports on private pages too, and learns no private title by it."""
    return report.page is not None and may_see(person, report.page.specific)
