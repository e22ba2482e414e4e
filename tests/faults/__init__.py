"""A whole product on servers of its own, which are killed under load while every answer is kept."""
