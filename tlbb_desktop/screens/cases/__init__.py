"""Cases: the list of them, and one case in sections."""
