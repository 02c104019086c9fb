"""``manage.py``, whose sentence model does not read again what it has read for other tests: the demo's two thousand
texts were most of what it took to load it.
"""

import sys

from django.core.management import execute_from_command_line

from tests.embeddings import read_once

if __name__ == "__main__":
    with read_once():
        execute_from_command_line(sys.argv)
