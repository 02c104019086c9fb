"""What the front page gives to the rooms below: plain pages can be found."""

from home.first_hour import steps
from home.search_documents import PlainPageSource
from indexing.documents import add_source

steps.add_steps()
add_source(PlainPageSource())
