"""`python -m casemill` is `casemill`."""

from casemill.cli import main

main()
