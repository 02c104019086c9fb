"""E-mails of what concerns people: at once, daily, weekly or never, as each of them chose.

``due`` says who is to be written to, every few minutes; ``writing`` brings it to them, with the outbox; ``contents``
says what an e-mail tells, asking rights again; ``messages`` puts it in an e-mail; ``timing`` is when; ``stopping`` is
the way out.
"""
