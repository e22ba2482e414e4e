"""How customers are asked, and how their contacts come in."""
