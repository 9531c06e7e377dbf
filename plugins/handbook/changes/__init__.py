"""What changed between two editions of the handbook: exports in; changes, reports and release records out."""
