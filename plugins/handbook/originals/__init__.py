"""The original texts: reading them, telling body from layout, cutting them into segments, fingerprints."""
