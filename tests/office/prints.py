"""Reads PDF files, as a browser prints them, back with pypdf."""

import lxml.html
import pypdf

from texts import bare


def problems(file, page):
    """Yields what is wrong with the PDF of a page. A few sheets need no bookmarks."""
    reader = pypdf.PdfReader(file)
    root = reader.trailer["/Root"]
    tree = lxml.html.parse(page).getroot()
    title = tree.findtext("head/title")
    if reader.metadata.title != title:
        yield f"title is {reader.metadata.title!r} instead of {title!r}"
    if root.get("/Lang") != tree.get("lang"):
        yield f"language is {root.get('/Lang')}"
    if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root:
        yield "not tagged"
        return
    nodes = list(structure(root["/StructTreeRoot"]))
    for node in nodes:
        if node["/S"] == "/Figure" and not node.get("/Alt"):
            yield "a figure without a text alternative"
    for kind, path in [("/Table", "//table"), ("/H1", "//h1")]:
        printed, shown = sum(node["/S"] == kind for node in nodes), len(tree.xpath(path))
        if printed < shown:
            yield f"{printed} of {shown} {kind} are tagged"
    bookmarks = [bare(entry.title) for entry in flat(reader.outline)]
    titles = [bare(it.text_content()) for it in tree.xpath("//h1 | //h2 | //caption/h3")]
    for missing in [it for it in titles if len(reader.pages) > 4 and it not in bookmarks]:
        yield f"no bookmark {missing!r}"
    for entry in flat(reader.outline):
        if "\u00ad" in entry.title:
            yield f"a soft hyphen in the bookmark {entry.title!r}"
    for number, sheet in enumerate(reader.pages, 1):
        if not sheet.extract_text().strip():
            yield f"sheet {number} is empty"


def structure(node):
    """Yields the elements of a structure tree, the node itself first."""
    node = node.get_object()
    if isinstance(node, list):
        for inside in node:
            yield from structure(inside)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node["/K"])


def flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


# Own templates by the damage that they do to the print of a page.
DAMAGE = {
    "a figure without a text alternative": ("na.j2", "<figure><p>Een beeld</p></figure>"),
    "tables without bookmarks": ("eigen.css", "caption { display: none }"),
}
