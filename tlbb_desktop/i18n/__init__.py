"""Words, dates and numbers in the reader's language; knows nothing of Qt."""
