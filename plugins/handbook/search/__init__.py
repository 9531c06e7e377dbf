"""Search: records for the browser's engine, and the same engine for the command line and the build."""
