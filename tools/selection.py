"""What the run on PostgreSQL takes of the suite: whatever the two databases could answer otherwise.

Of a table it takes the first cell, so that each query is put once. docs/developers.md has the table of the runs.
"""

WHOLE_ON_POSTGRESQL = frozenset(
    {
        # Every cell: who may see, what a constraint refuses, how words are compared and sorted, what is not lost.
        "tests/accounts/test_held.py",
        "tests/communities/test_at_once.py",
        "tests/communities/test_race.py",
        "tests/core/test_audiences_agree.py",
        "tests/core/test_topic_names.py",
        "tests/indexing/test_freshness_through_the_door.py",
        "tests/people/test_names.py",
        "tests/test_cascades.py",
        "tests/test_visibility_matrix.py",
    }
)
SAME_ON_POSTGRESQL = (
    # Asks no database.
    "tests/benchmarks/test_bench_search.py",
    "tests/benchmarks/test_evaluation.py",
    "tests/core/test_headers.py",
    "tests/core/test_mail.py",
    "tests/core/test_markup.py",
    "tests/core/test_normalisation.py",
    "tests/core/test_pictures.py",
    "tests/core/test_text.py",
    "tests/core/test_uploads.py",
    "tests/design",
    "tests/hub",
    "tests/importing/test_import_reading.py",
    "tests/knowledge/test_limits_of_the_reader.py",
    "tests/knowledge/test_reading_files.py",
    "tests/knowledge/test_reading_word.py",
    "tests/tools",
    # Asks an engine of search, whose index is not in the database.
    "tests/indexing/test_bad_line.py",
    "tests/indexing/test_elasticsearch.py",
    "tests/indexing/test_embedded.py",
    "tests/indexing/test_engine.py",
    "tests/indexing/test_fusion.py",
    "tests/indexing/test_model.py",
    "tests/indexing/test_passages.py",
    "tests/indexing/test_rebuilding.py",
    "tests/indexing/test_text_analysis.py",
    "tests/indexing/test_titles.py",
    "tests/indexing/test_two_engines.py",
    "tests/search/test_answers.py",
    "tests/search/test_as_you_write.py",
    "tests/search/test_confidence.py",
    "tests/search/test_pages_on_elasticsearch.py",
    "tests/search/test_related.py",
    "tests/search/test_snippets.py",
    "tests/search/test_spelling.py",
    "tests/search/test_suggestions.py",
    # Counts queries, or compares kept fragments: the same code asks both databases.
    "tests/core/test_kept_fragments.py",
    "tests/test_growth.py",
    "tests/test_kept_for_each_reader.py",
    "tests/test_query_budgets.py",
    "tests/test_warm_pages.py",
    # Asks what other files ask there: each address by each viewer (test_visibility_matrix), what is saved and told
    # (test_saving, test_alerts_race), the editor's lists (test_editor_lists).
    "tests/core/test_editor_addresses.py",
    "tests/core/test_editor_forms.py",
    "tests/core/test_editor_reasons.py",
    "tests/core/test_kept_forms.py",
    "tests/core/test_links_in_text.py",
    "tests/demo",
    "tests/reading/test_for_you.py",
    "tests/reading/test_for_you_follows_its_reader.py",
    "tests/reading/test_saved_feeds.py",
    "tests/test_drafts.py",
    "tests/test_drafts_of_private_things.py",
    "tests/test_private_word.py",
    "tests/test_security.py",
)
