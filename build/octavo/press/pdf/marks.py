"""The names of the marks that say, inside a page, what its parts belong to.

Names in XX are private ones, free for all (ISO 32000-1, Annex E); software that does not know a
mark passes it over (14.6).
"""

SECTION = "XXSection"
"""Around the text of a page; its property ``S`` is the id of the section."""
BLOCK = "XXBlock"
"""Around a text or a picture; its property ``B`` is the number of the block in its section, and
``G`` names what generated a text that is not the block's own."""
OUTSIDE = "XXOutside"
"""Around what is drawn apart from the flow of the text: floats, and layers of their own."""
