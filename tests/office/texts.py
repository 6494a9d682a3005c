"""Compares Word and OpenDocument files, as python-docx and odfdo read them, with the page and the data of the same plan.

LibreOffice opens them, saves them again and prints them, if it is there."""

import datetime
import re
import shutil
import subprocess
import zipfile

import docx
import lxml.html
import odfdo
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# White space, signs that a page gets from its style sheet, and what is between a name and its value.
IGNORED = re.compile("[\\s\u00ad\u200b\ufe0e:✓●▲○☐]+")


def bare(text):
    return IGNORED.sub("", text or "")


def line(text):
    """A text on one line, as documents have it."""
    control = "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
    return " ".join(re.sub(control, " ", text).split())


class Page:
    """What a page has, read by a parser for HTML."""

    def __init__(self, file):
        tree = lxml.html.parse(file).getroot()
        for unseen in tree.xpath("//svg | //style | //nav | //*[@aria-hidden='true'] | //*[contains(@class, 'lane')] | //*[@class='keys' or @class='in-card']"):
            unseen.drop_tree()
        self.title = tree.findtext("head/title")
        self.headings = [bare(it.text_content()) for it in tree.xpath("//h1 | //h2 | //h3") if not it.xpath("ancestor::td | ancestor::caption")]
        self.tables = []
        for table in tree.iter("table"):
            rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
            self.tables.append([[bare(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in rows])


class Word:
    """What a Word file has."""

    def __init__(self, file):
        document = docx.Document(file)
        properties = document.core_properties
        self.title, self.authors, self.language = properties.title, properties.author, properties.language
        self.created = properties.created
        body = document.element.body
        styles = {style.style_id: style.name for style in document.styles}
        self.headings = []
        for paragraph in body.iter(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            name = styles.get(style.get(f"{W}val")) if style is not None else "Normal"
            if name in ("Title", "Heading 1", "Heading 2"):
                self.headings.append(bare(text_of_word(paragraph)))
        self.tables = [
            [[bare(text_of_word(cell)) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
            for table in body.iter(f"{W}tbl")
        ]
        self.text = bare(text_of_word(body))


def text_of_word(element):
    # LibreOffice writes `_x0041_` so that nobody reads it as a character.
    return "".join(it.text or "" for it in element.iter(f"{W}t")).replace("_x005F_", "_")


class OpenDocument:
    """What an OpenDocument file has."""

    def __init__(self, file):
        document = odfdo.Document(file)
        meta = document.get_part("meta.xml")
        self.title, self.authors, self.language = meta.get_title(), meta.get_initial_creator(), meta.get_language()
        self.created = meta.get_creation_date()
        # What odfdo has opened, as a tree.
        root = etree.fromstring(document.get_part("content.xml").serialize())
        self.headings = []
        for it in root.iter(f"{TEXT}h", f"{TEXT}p"):
            level = it.get(f"{TEXT}outline-level")
            if it.get(f"{TEXT}style-name") == "Title" or (it.tag == f"{TEXT}h" and level in ("1", "2")):
                self.headings.append(bare("".join(it.itertext())))
        self.tables = []
        for table in root.iter(f"{TABLE}table"):
            rows = [row for row in table.iter(f"{TABLE}table-row") if next(row.iterancestors(f"{TABLE}table")) is table]
            self.tables.append([[text_of_cell(cell) for cell in row.findall(f"{TABLE}table-cell")] for row in rows])
        self.text = bare("".join(root.itertext()))


def text_of_cell(cell):
    titles = "".join("".join(it.itertext()) for it in cell.iter(f"{TABLE}title"))
    return bare("".join(cell.itertext())).replace(bare(titles), "", 1) if titles else bare("".join(cell.itertext()))


def names(thing):
    """All names in the data of a plan."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            if key == "naam" and isinstance(value, str):
                yield value
            yield from names(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from names(value)


def problems(file, page_file, data):
    """Yields what a file does not have as the page and the data have it."""
    kind = Word if file.suffix == ".docx" else OpenDocument
    found, page = kind(file), Page(page_file)
    header = data["plan"]["plan"] or {}
    if found.title != page.title and not (found.title or "").endswith("…"):
        yield f"title: {found.title!r} and not {page.title!r}"
    if found.language != {"nl": "nl-NL", "en": "en-GB"}[data["taal"]]:
        yield f"language: {found.language!r}"
    for author in header.get("auteurs") or []:
        if author and line(author) not in (found.authors or "") and len(found.authors or "") < 250:
            yield f"author: {found.authors!r}"
    day = header.get("datum") or data["feiten"]["start"] or "2020-01-01"
    if found.created.date() != datetime.date.fromisoformat(day):
        yield f"created: {found.created}"
    yield from differences(found, page)
    for name in names(data["plan"]):
        if bare(line(name)) not in found.text:
            yield f"without the name {name!r}"
    total = data["feiten"]["kosten"]["totaal"]
    whole, cents = f"{float(total):,.2f}".split(".")
    amount = f"{whole}.{cents}" if data["taal"] == "en" else f"{whole.replace(',', '.')},{cents}"
    if data["plan"]["planning_en_budget"] and data["feiten"]["kosten"]["volledig"] and amount not in found.text:
        yield f"without the total of {amount}"
    yield from (word_parts if kind is Word else odt_parts)(file)


def differences(found, wanted):
    if found.headings != wanted.headings:
        odd = [it for it in zip(found.headings, wanted.headings) if it[0] != it[1]][:2]
        yield f"headings: {len(found.headings)} and not {len(wanted.headings)}, {odd}"
    if len(found.tables) != len(wanted.tables):
        yield f"{len(found.tables)} tables and not {len(wanted.tables)}"
        return
    for number, (table, other) in enumerate(zip(found.tables, wanted.tables), 1):
        if table != other:
            cells = [it for a, b in zip(table, other) for it in zip(a, b) if it[0] != it[1]][:2]
            yield f"table {number}: {len(table)} rows and not {len(other)}, {cells}"


def word_parts(file):
    """Yields what makes a Word file hard to use, or not whole."""
    with zipfile.ZipFile(file) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    trees = {name: etree.fromstring(part) for name, part in parts.items()}
    document, relations = trees["word/document.xml"], trees["word/_rels/document.xml.rels"]
    styles = {it.get(f"{W}styleId") for it in trees["word/styles.xml"].iter(f"{W}style")}
    lists = {it.get(f"{W}numId") for it in trees["word/numbering.xml"].iter(f"{W}num")}
    known = {it.get("Id") for it in relations}
    bookmarks = [it.get(f"{W}name") for it in document.iter(f"{W}bookmarkStart")]
    if len(set(bookmarks)) != len(bookmarks) or any(len(it) > 40 or not re.fullmatch(r"[A-Za-z]\w*", it) for it in bookmarks):
        yield "bookmarks that are not names of their own"
    for it in document.iter():
        if not isinstance(it.tag, str):
            yield "a comment or instruction"
            continue
        name = it.tag.removeprefix(W)
        if name in ("pStyle", "rStyle", "tblStyle") and it.get(f"{W}val") not in styles:
            yield f"unknown style {it.get(f'{W}val')}"
        if name == "numId" and it.get(f"{W}val") not in lists:
            yield "unknown list"
        if name == "hyperlink" and it.get(f"{W}anchor") not in [*bookmarks, None]:
            yield f"link to nowhere: {it.get(f'{W}anchor')}"
        if it.get(f"{R}id") not in known | {None}:
            yield "unknown relation"
        if name in ("txbxContent", "pict", "drawing", "object", "vMerge"):
            yield f"not accessible: {name}"
        if name == "instrText" and not re.fullmatch(r" TOC [^{}]* ", it.text):
            yield f"a field: {it.text}"
        if name == "tc" and it[-1].tag != f"{W}p":
            yield "a cell without a paragraph at its end"
        if name == "tbl":
            grid = len(it.findall(f"{W}tblGrid/{W}gridCol"))
            first = it.find(f"{W}tr")
            if any(sum(int(span.get(f"{W}val")) - 1 for span in row.iter(f"{W}gridSpan")) + len(row.findall(f"{W}tc")) != grid for row in it.findall(f"{W}tr")):
                yield "rows that are not equally wide"
            if first.find(f"{W}trPr/{W}tblHeader") is None:
                yield f"a table without repeated headings: {text_of_word(first)[:80]}"
    entries = [bare(text_of_word(it)) for it in document.iter(f"{W}p") if it.find(f"{W}pPr/{W}pStyle[@{W}val='TOC1']") is not None]
    chapters = [bare(text_of_word(it)) for it in document.iter(f"{W}p") if it.find(f"{W}pPr/{W}pStyle[@{W}val='Heading1']") is not None]
    if document.find(f".//{W}sdt") is not None and entries != chapters:
        yield f"contents: {entries} and not {chapters}"
    external = [it.get("Target") for it in relations if it.get("TargetMode") == "External"]
    if any(not re.match(r"(https?://|mailto:)", it, re.I) for it in external):
        yield f"links: {external}"


def odt_parts(file):
    """Yields what is not whole in an OpenDocument file."""
    with zipfile.ZipFile(file) as container:
        first = container.infolist()[0]
        if (first.filename, first.compress_type) != ("mimetype", zipfile.ZIP_STORED):
            yield "a format that is not recognised"
        parts = {name: container.read(name) for name in container.namelist()}
    content, styles = etree.fromstring(parts["content.xml"]), etree.fromstring(parts["styles.xml"])
    style = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    known = {it.get(f"{style}name") for tree in (content, styles) for it in tree.iter()}
    marks = {it.get(f"{TEXT}name") for it in content.iter(f"{TEXT}bookmark")}
    for it in content.iter():
        for key in (f"{TEXT}style-name", f"{TABLE}style-name"):
            if it.get(key) not in known | {None}:
                yield f"unknown style {it.get(key)}"
        address = it.get("{http://www.w3.org/1999/xlink}href")
        if address and not re.match(r"(https?://|mailto:)", address, re.I) and address[1:] not in marks:
            yield f"link to nowhere: {address}"
        if it.tag == f"{TABLE}table" and it.find(f"{TABLE}table-header-rows") is None:
            yield "a table without repeated headings"


def everything(file):
    """All parts of a file, as one text."""
    with zipfile.ZipFile(file) as parts:
        return "\n".join(parts.read(it).decode(errors="replace") for it in parts.infolist())


def office():
    return shutil.which("soffice") or shutil.which("libreoffice")


def opened(files, folder):
    """Yields the problems that LibreOffice has with files: it prints them, and saves them again."""
    if not office():
        return
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    for extension in ["pdf", "docx", "odt"]:
        chosen = [file for file in files if extension == "pdf" or file.suffix == f".{extension}"]
        for suffix in {file.suffix for file in chosen}:
            own = [file for file in chosen if file.suffix == suffix]
            command = [office(), profile, "--headless", "--convert-to", extension, "--outdir", folder / extension / suffix[1:], *own]
            subprocess.run(command, check=True, capture_output=True, timeout=600)
    for file in files:
        printed = folder / "pdf" / file.suffix[1:] / f"{file.stem}.pdf"
        if not printed.exists() or not printed.read_bytes().startswith(b"%PDF"):
            yield f"{file.name}: is not printed"
        again = folder / file.suffix[1:] / file.suffix[1:] / file.name
        kind = Word if file.suffix == ".docx" else OpenDocument
        for problem in differences(kind(again), kind(file)):
            yield f"{file.name}, saved again: {problem}"


def damaged(file, folder):
    """Yields files with one mistake."""
    part = "word/document.xml" if file.suffix == ".docx" else "content.xml"
    mistakes = [("another word", ">Samenvatting<", ">Iets anders<")]
    if file.suffix == ".docx":
        mistakes += [
            ("a link to nowhere", 'w:anchor="p_', 'w:anchor="q_'),
            ("an unknown style", '<w:pStyle w:val="PlanCell"/>', '<w:pStyle w:val="Cell"/>'),
            ("no headings of tables", "<w:tblHeader/>", ""),
            ("a cell less", "<w:tc>", "<w:tx>"),
        ]
    else:
        mistakes += [("no headings of tables", "table:table-header-rows", "table:table-rows"), ("a link to nowhere", 'xlink:href="#', 'xlink:href="#q')]
    for name, before, after in mistakes:
        result = folder / f"{name}{file.suffix}"
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w") as new:
            for it in old.infolist():
                text = old.read(it)
                if it.filename == part:
                    text = text.decode().replace(before, after)
                    if "<w:tx>" in text:
                        text = re.sub(r"<w:tx>.*?</w:tc>", "", text, count=1, flags=re.S).replace("<w:tx>", "<w:tc>")
                    text = text.encode()
                new.writestr(it, text)
        yield name, result
