"""What a text says: its words, its facts, its claims, its manners, its language."""
