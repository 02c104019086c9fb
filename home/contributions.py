"""What the front page gives to the rooms below: plain pages can be found."""

from home import holdings
from home.first_hour import steps
from home.search_documents import PlainPageSource
from indexing.documents import add_source

holdings.add_holdings()

steps.add_steps()
add_source(PlainPageSource())
