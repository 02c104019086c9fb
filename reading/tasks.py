"""What is found for people in the background, once a day for whoever comes by."""

import logging

from django.contrib.auth import get_user_model
from django_tasks import task

from indexing.engines.base import EngineUnavailable
from reading import recommendations, services
from reading.models import Reader
from reading.retention import rights_of

logger = logging.getLogger(__name__)


@task(priority=-50)  # what changes who may find something comes first
def find_for(person_pk: int) -> int:
    """Find what to put before one person today. While the engine is away they keep what they have."""
    reader = Reader.objects.filter(pk=person_pk).first()
    person = get_user_model().objects.filter(pk=person_pk, is_active=True).first()
    if reader is None or person is None:
        return 0
    try:
        picks = recommendations.picks_for(person, reader)
    except EngineUnavailable as error:
        logger.warning("Nothing was found for anybody: %s", error)
        return 0
    services.keep_picks(reader, picks, rights_of(person))
    return len(picks)
