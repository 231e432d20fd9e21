"""Text in, judgements out. Pure: no network, no database, no clock; imports nothing of ours."""
