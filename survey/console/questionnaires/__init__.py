"""Where questionnaires are written: list, builder, item bank, preview."""
