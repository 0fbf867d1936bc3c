"""The courses: their units and criteria, versions, what prisons leave out, which class follows which version."""
