"""What the ways in give to the rooms below."""

from accounts import first_steps

first_steps.add_steps()
