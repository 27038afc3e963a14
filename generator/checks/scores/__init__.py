"""Checks on weights, scores and grades."""
