"""Calls for those who see to it that nobody waits in vain: how they go, the rota, the rules."""
