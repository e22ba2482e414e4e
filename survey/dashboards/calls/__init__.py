"""Calls for those who take them: what waits, and one call with all of its steps."""
