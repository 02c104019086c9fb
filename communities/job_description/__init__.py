"""What somebody is in this organisation, on any day: memberships, roles, what these ask, grants and qualifications."""
