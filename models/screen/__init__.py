"""The screening classifier: its training text, how it is trained, and the texts that are kept from training."""
