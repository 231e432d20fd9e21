"""The rules, in plain Python: who may do what with a tip. Knows no chat, no page and no network."""
