"""Scripts that draw the test documents and their truth; the drawn files are committed.

Nothing here is needed to run the tests. Run a script again only to change a drawing; it needs
LibreOffice (``soffice``), Chromium and reportlab, depending on the script.
"""
