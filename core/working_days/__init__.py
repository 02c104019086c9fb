"""Which days are working days: closed days by region, looked after by the hub team, and arithmetic with them.

::

    calendar = working_calendar()             # of the hub, or of a region
    calendar.deadline(asked_at, days=1)       # the midnight after the next working day
    calendar.next_open(now)                   # now, or when working hours begin

``calendar`` is plain arithmetic, ``models`` the table, ``services`` brings them together and imports bank holidays.
"""
