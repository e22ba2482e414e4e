"""What came of people's words: the page of customers, that of staff, and the way out of letters."""
