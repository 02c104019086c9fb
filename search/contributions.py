"""What search removes once it is old."""

from core.doctor import CHECKS, Check
from core.heartbeats import RHYTHMS, Rhythm
from core.tidying import TIDYINGS
from search import doctor, query_log, unanswered

CHECKS.add("index", Check(doctor.index), order=40)
unanswered.lay_out()
RHYTHMS.add("search check", Rhythm("search check --repair"))
TIDYINGS.add("questions that were asked", query_log.tidy)
