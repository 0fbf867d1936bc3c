"""What is done after a release: contacts, journeys, closing, events, admission lists."""
