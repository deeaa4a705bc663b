"""What the benches of runners share."""
