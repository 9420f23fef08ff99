"""The results of a spec as Python objects, with tables and pictures, which notebooks show and files keep."""
