#!/usr/bin/env python
"""Django's command line for the hub."""

import os
import sys


def main() -> None:
    """Run a command with the development settings unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
