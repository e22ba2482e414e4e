"""The people feed: who works here, and the lists that say so."""
