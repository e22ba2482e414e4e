"""What writers find behind their own link."""
