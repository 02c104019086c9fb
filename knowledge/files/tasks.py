"""What is read in the background."""

import logging

from django_tasks import task

from knowledge.files import services

logger = logging.getLogger(__name__)


@task(priority=-50)  # what changes who may find something comes first, however many files wait
def read_file(pk: int) -> None:
    """Read one file for search. Never raises: what fails goes on waiting, and is said in the log."""
    try:
        services.read_if_waiting(pk)
    except Exception:
        logger.exception("The file %s could not be read for search; “manage.py read_files” tries again.", pk)
