"""Reports: what came after the releases, in numbers that can be defended."""
