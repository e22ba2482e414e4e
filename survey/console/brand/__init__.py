"""How the organisation shows itself to whoever is asked."""
