"""Room 4: from how an edition reads to the file: the EPUB, the PDF, the cover."""
