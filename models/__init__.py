"""Typed entities: what the office keeps records of. No Qt, no text, no session."""
