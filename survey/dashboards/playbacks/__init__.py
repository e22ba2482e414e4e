"""What people are told came of their answers: drafts, signatures, and what was published."""
