"""`python -m generator` is the command `jixiao`."""

from .cli import main

main()
