"""How people are doing: the figures of a part of the organisation on one page."""
