"""Today: what one's role has to do now."""
