"""Figures that a person typed in a text, held against the figures that the data holds.

typed.py finds what a person typed, known.py what the data holds; wordings.py has what reports call the figures.
A text says what a typed figure is by a label (said.py), as a score (scored.py), as a count of things (counted.py), or
as an indicator's own count (achieved.py); told.py brings these together.  The other files are the checks.
"""
