"""The promise of an answer: its clock, who keeps it, who is reminded, and how often it was kept.

``clock`` is plain arithmetic, ``progress`` and ``services`` change state, ``keepers`` says whose a question is,
``reminders`` tells them, ``rates`` counts for communities, and ``wording`` says it to people.
"""
