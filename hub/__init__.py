"""What every room of the hub shares."""
