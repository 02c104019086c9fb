"""Notices when somebody's account is switched off or on again, by whatever way it was done.

Rooms above connect to ``presence_changed``: it is sent with the primary keys of the people whose accounts changed, once
the database says so. Saving a person, ``update()`` and ``bulk_update()`` of a queryset send it; whoever is deleted goes
with Django's own signals.
"""

from django.dispatch import Signal

presence_changed = Signal()
address_changed = Signal()
"""Sent with a person whose address is another one than before, once it is saved."""
people_going = Signal()
"""Sent with primary keys before people are deleted, with their rows locked: for rooms that lock rows of their own."""
