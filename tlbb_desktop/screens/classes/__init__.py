"""Classes: the list, the form, who is enrolled, and the sessions of a month."""
