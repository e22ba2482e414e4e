"""Pages behind open links: a code on the wall, a tablet on the counter."""
