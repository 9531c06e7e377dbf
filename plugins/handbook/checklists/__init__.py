"""Checklists as data, workbooks and paper, and the assessments that are made of them."""
