"""What the explorer of neighbourhoods loads."""
