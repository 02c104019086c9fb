"""What the run on PostgreSQL takes of the suite: whatever the two databases could answer otherwise.

A test runs there by itself where it needs transactions that commit, threads, processes or the mark ``postgresql``
(``tests/tables.py`` looks for that), so that nobody has to think of it. Everything else is named here, with the reason.
Of a table it takes the first cell, so that each query is put once. docs/developers.md has the table of the runs.
"""

import re

SLOW = "pytest.mark.slow"  # as it stands in the file of a test that takes more than five seconds
BY_ITSELF = re.compile("postgresql|transaction|racing|thread|futures|tests.database|rollback")
"""What stands in every file of which a test runs on PostgreSQL although nobody names it here."""
WHOLE_ON_POSTGRESQL = frozenset(
    {
        # Every cell: who may see, what a constraint refuses, how words are compared and sorted, what is not lost.
        "tests/accounts/test_held.py",
        "tests/communities/test_at_once.py",
        "tests/communities/test_race.py",
        "tests/core/test_audiences_agree.py",
        "tests/core/test_outbox_claims.py",
        "tests/core/test_topic_names.py",
        "tests/indexing/test_freshness_through_the_door.py",
        "tests/people/test_names.py",
        "tests/test_cascades.py",
        "tests/test_visibility_matrix.py",  # each address by each kind of viewer: each query of each page, too
    }
)
ONCE_ON_POSTGRESQL = frozenset(
    {
        # How words are compared, sorted, cut and found.
        "tests/core/test_dead_addresses.py",
        "tests/core/test_old_addresses.py",
        "tests/importing/test_import_hub.py",
        "tests/people/test_addresses.py",
        "tests/people/test_attempts.py",
        "tests/people/test_changing_address.py",
        "tests/people/test_directory.py",
        "tests/people/test_sign_in.py",
        "tests/people/test_topics.py",
        "tests/people/test_who_knows.py",
        "tests/search/test_communities_by_key.py",
        "tests/search/test_pinned.py",
        "tests/search/test_query_log.py",
        "tests/search/test_services.py",
        "tests/test_any_alphabet.py",
        "tests/test_hostile_addresses.py",
        # Days, times, JSON, sums and windows.
        "tests/communities/test_job_description.py",
        "tests/communities/test_past_days.py",
        "tests/communities/test_qualifications.py",
        "tests/communities/test_register.py",
        "tests/conversations/test_listening.py",
        "tests/core/test_closed_days.py",
        "tests/core/test_publish_scheduled.py",
        "tests/core/test_status_panel.py",
        "tests/core/test_tidying.py",
        "tests/core/test_working_days.py",
        "tests/home/test_front.py",
        "tests/home/test_news.py",
        "tests/notifications/test_digests.py",
        "tests/notifications/test_mail.py",
        "tests/notifications/test_mail_held_up.py",
        "tests/people/test_absence.py",
        "tests/reading/test_history.py",
        "tests/reading/test_interests.py",
        "tests/surgeries/test_calendars.py",
        "tests/surgeries/test_schedule.py",
        # What a database locks, refuses or counts when it writes: services of each room, by their front door. A lock
        # that PostgreSQL alone refuses is refused in every run (tests/as_postgresql.py).
        "tests/accounts/test_from_file.py",
        "tests/accounts/test_number_at_once.py",
        "tests/accounts/test_scim.py",
        "tests/accounts/test_scim_groups.py",
        "tests/accounts/test_sessions.py",
        "tests/accounts/test_stays.py",
        "tests/communities/test_collections.py",
        "tests/communities/test_ends.py",
        "tests/communities/test_facilitators.py",
        "tests/communities/test_given.py",
        "tests/communities/test_granting.py",
        "tests/communities/test_invitations.py",
        "tests/communities/test_joining.py",
        "tests/communities/test_leavers.py",
        "tests/communities/test_may_join.py",
        "tests/communities/test_removing.py",
        "tests/communities/test_rights.py",
        "tests/communities/test_verifying.py",
        "tests/conversations/test_removing.py",
        "tests/conversations/test_talking.py",
        "tests/core/test_check_audiences.py",
        "tests/core/test_rate_limits.py",
        "tests/core/test_versions.py",
        "tests/core/test_written_over.py",
        "tests/indexing/test_freshness.py",
        "tests/knowledge/test_files.py",
        "tests/knowledge/test_replaced_files.py",
        "tests/people/test_gone_authors.py",
        "tests/reading/test_not_this.py",
        "tests/reading/test_saved_searches.py",
        "tests/reading/test_saving.py",
        "tests/reports/test_answering.py",
        "tests/reports/test_hiding.py",
        "tests/reports/test_saying_so.py",
        "tests/stories/test_consent.py",
        "tests/stories/test_writing.py",
        "tests/surgeries/test_series.py",
        "tests/surgeries/test_writing.py",
        "tests/thanks",
        # What is there before anybody comes.
        "tests/core/test_doctor.py",
        "tests/home/test_empty_hub.py",
        "tests/home/test_scaffold.py",
    }
)


def may_run_on_postgresql(place: str, text: str) -> bool:
    """Whether a file with tests is to be imported for PostgreSQL at all: to import every one takes each process some
    seconds. ``tests/tables.py`` sees to it that none is forgotten.
    """
    named = {place, place.rpartition("/")[0]} & (ONCE_ON_POSTGRESQL | WHOLE_ON_POSTGRESQL)
    return bool(named or BY_ITSELF.search(text))
