"""The program as it is installed on laptops: its files, and what of its surroundings it does not listen to."""
