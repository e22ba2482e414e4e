"""Words that are played back as they were told, and those that could be."""
