"""The page of one team: what its staff and its customers say, and how sure that is."""
