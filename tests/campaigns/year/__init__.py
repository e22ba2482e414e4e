"""Twelve months of asking, step by step, and a checker written from the rules alone."""
