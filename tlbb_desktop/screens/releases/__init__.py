"""Who leaves, and the plan for that day."""
