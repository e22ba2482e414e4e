"""What was promised, by whom and until when, and how it stands."""
