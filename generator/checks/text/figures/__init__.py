"""Figures that a person typed in a text, held against the figures that the data holds.

typed.py finds what a person typed, known.py what the data holds, and said.py what a text calls a typed figure.
"""
