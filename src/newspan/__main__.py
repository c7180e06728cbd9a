"""`python -m newspan`: the command line."""

from newspan.cli import main

main()
