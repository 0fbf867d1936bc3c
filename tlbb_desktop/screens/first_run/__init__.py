"""The first start on a laptop: a new programme, or one from a backup."""
