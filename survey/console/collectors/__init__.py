"""Open links: codes for the wall and tablets for the counter."""
