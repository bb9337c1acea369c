"""What people press, and what they see."""
