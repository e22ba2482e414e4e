"""All that was written and may be read, survey by survey; and what was taken out of sight."""
