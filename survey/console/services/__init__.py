"""Who serves whom: listed, drawn, added, ended, brought in as a file."""
