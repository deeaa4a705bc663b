"""What screening looks with: a folded text, a lexicon, and a small classifier; either of the two is enough."""
