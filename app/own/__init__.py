"""Code of one's own on a server: the files that have it, read again as they are saved, and the process that runs it."""
