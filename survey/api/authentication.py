"""Machines sign in with a token; only its digest is stored."""
