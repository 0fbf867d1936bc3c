"""The class register: a month, marked by keyboard."""
