"""Answering a notice from the mail program: where to, what came, who wrote it, and what became of it.

``addresses`` says where one person answers in one conversation. ``reading`` reads an e-mail, with ``html`` and
``cutting``; ``proof`` says whether its sender is proved; ``deciding`` and ``receiving`` see to it; ``services`` is what
its author does.
"""
