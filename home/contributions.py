"""What the front page gives to the rooms below: plain pages can be found."""

from core.holdings import add_holdings
from home import desk, holdings
from home.first_hour import steps
from home.search_documents import PlainPageSource
from indexing.documents import add_source

add_holdings(holdings.HELD, order=70)

steps.add_steps()
add_source(PlainPageSource())
desk.lay_out()
