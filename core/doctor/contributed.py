"""What the ground floor looks at, and what it runs by the clock."""

from core.doctor import CHECKS, DATABASE, Check, database, disk, environment, mail, work
from core.heartbeats import OFTEN, RHYTHMS, Rhythm


def add_checks() -> None:
    for order, (name, check) in enumerate(
        {
            "settings": Check(environment.safety, needs_database=False),
            DATABASE: Check(database.reach, needs_database=False),
            "migrations": Check(database.migrations),
            "clock": Check(database.clock),
            "addresses": Check(environment.addresses),
            "static files": Check(environment.static_files, needs_database=False),
            "cache": Check(environment.shared_memory, needs_database=False),
            "mail": Check(mail.mail, needs_database=False),
            "worker": Check(work.worker),
            "outbox": Check(work.outbox),
            "by the clock": Check(work.rhythms),
            "space": Check(disk.space, needs_database=False),
            "backups": Check(disk.backups, needs_database=False),
        }.items()
    ):
        CHECKS.add(name, check, order=order)
    RHYTHMS.add("publish_scheduled", Rhythm("publish_scheduled", OFTEN))
    RHYTHMS.add("check_audiences", Rhythm("check_audiences --repair"))
    RHYTHMS.add("tidy", Rhythm("tidy"))
