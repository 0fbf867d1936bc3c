"""The demonstration programme: three prisons, 120 invented people, eight classes, 18 months of attendance."""
