"""The style in which a work's author is named where the book's own style says a number alone."""

from __future__ import annotations

from octavo.book.styles import style_of

_CSL = """\
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>Names</title></info>
  <citation et-al-min="3" et-al-use-first="1">
    <layout delimiter="; ">
      <names variable="author">
        <name form="short" and="text" delimiter-precedes-last="never"/>
        <substitute>
          <names variable="editor"/>
          <names variable="translator"/>
          <names variable="director"/>
          <names variable="collection-editor"/>
        </substitute>
      </names>
    </layout>
  </citation>
</style>
"""
NAMING = style_of("names", _CSL)
"""Family names, the last after the language's “and”; of three authors or more, the first."""
