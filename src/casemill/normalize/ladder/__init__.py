"""The rungs of the ladder: rules about tools, about what is said, about form."""
