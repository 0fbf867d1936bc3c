"""Settings: one section per matter; only what the reader's role may change."""
