"""The first hour of a hub: a list for the hub team, on the front page until all of it is done."""
