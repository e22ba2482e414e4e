"""The first page of whoever reads figures, or may not."""
