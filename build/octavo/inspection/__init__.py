"""Room 5: what is wrong with a finished file; it reads artifacts and makes none."""
