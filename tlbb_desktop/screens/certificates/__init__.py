"""The certificates: proposed, approved, issued, handed out, withdrawn."""
