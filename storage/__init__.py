"""Rows, keys and files. Holds no rule and reads no clock; imports nothing of ours."""
