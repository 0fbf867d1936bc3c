"""PostgreSQL under the same services: only what differs from the laptop's database stands here (ADR 0020)."""
