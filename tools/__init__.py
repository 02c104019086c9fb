"""What the Makefile calls. They need nothing but Python: the first of them installs the rest."""
