"""What the payloads of each form tell: pure functions from bytes to a Reading."""
