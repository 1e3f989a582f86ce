"""Paper: pages of exact size, as tagged PDF with the maps in them as vectors.

    from maps.paper.pdf import render_pdf
    pdf = render_pdf("maps/paper/map.html", {"drawn": drawn, "sheet": sheet, "title": title})

A template extends `maps/paper/base.html`, which has the typeface and the page's size. Nothing is
imported here: the child process has to start quickly.
"""
