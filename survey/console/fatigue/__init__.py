"""How often people are asked: the rules, and who waits for their turn."""
