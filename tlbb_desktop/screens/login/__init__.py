"""The page before anything is unlocked. Loads neither the database nor any service before its first paint."""
