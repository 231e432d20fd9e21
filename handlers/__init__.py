"""Conversations in plain Python, step by step. Knows no channel and no SQL."""
