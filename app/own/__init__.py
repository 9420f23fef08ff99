"""Code of one's own on a server: the files with it, which are read again when they are saved, and its process."""
