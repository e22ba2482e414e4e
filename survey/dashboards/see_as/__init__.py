"""Trying out what somebody else may read."""
