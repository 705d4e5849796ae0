"""Octavo, the press that turns a folder of Markdown into a finished book.

One straight line leads from the folder to the files::

    Project --read--> Manuscript --compose--> Book --render--> Rendition --bind--> Artifact
     where            what was               what one         how it             the EPUB,
     things are       written                edition says     reads              the PDF

``octavo.model`` holds the values, in that order; ``octavo.line`` is the way along it; every room
(``manuscript``, ``book``, ``rendition``, ``press``, ``inspection``) is one of its steps and
imports only the rooms before it.
"""
