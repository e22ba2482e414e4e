"""One comment and the talk about it, for those who may read it."""
