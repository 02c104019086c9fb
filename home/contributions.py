"""What the front page gives to the rooms below: plain pages can be found."""

from home.search_documents import PlainPageSource
from indexing.documents import add_source

add_source(PlainPageSource())
