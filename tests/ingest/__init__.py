"""Tables of others into records."""
