"""Compares Word files in a house style, and blank forms, with what python-docx made or reads."""

import subprocess

import docx
import texts
from docx.shared import Mm, Pt, RGBColor

SECRET = "This text of the house style is in no other file."
HEADER = "Municipality of Lindermeer"
GREEN = RGBColor(0x00, 0x66, 0x33)


def house(file):
    """Makes a house style: a file with its own paper, letters, header and footer, and a text."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin = Mm(176), Mm(250), Mm(31)
    page.header.paragraphs[0].text = HEADER
    page.footer.paragraphs[0].text = "Confidential"
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(12)
    document.styles["Heading 1"].font.color.rgb = GREEN
    document.add_heading(SECRET)
    document.add_paragraph(SECRET)
    document.core_properties.author = SECRET
    document.save(file)


def in_house_style(planmaker, plan, folder):
    """Yields the problems in a plan in a house style."""
    reference = folder / "house.docx"
    house(reference)
    own, plain = folder / "own.docx", folder / "plain.docx"
    command = [planmaker, "render", plan, "-o"]
    subprocess.run([*command, own, "--reference", reference], check=True, capture_output=True)
    subprocess.run([*command, plain], check=True, capture_output=True)
    made = docx.Document(own)
    page = made.sections[-1]
    for name, found, wanted in [
        ("width of the paper", page.page_width.mm, 176),
        ("margin", page.left_margin.mm, 31),
        ("header", page.header.paragraphs[0].text, HEADER),
        ("footer", page.footer.paragraphs[0].text, "Confidential"),
        ("letters", made.styles["Normal"].font.name, "Georgia"),
        ("colour of titles", made.styles["Heading 1"].font.color.rgb, GREEN),
    ]:
        if isinstance(wanted, int) and round(found) != wanted or not isinstance(wanted, int) and found != wanted:
            yield f"house style: {name} is {found} instead of {wanted}"
    if SECRET in texts.everything(own):
        yield "house style: the text of the reference is in the plan"
    for problem in texts.differences(texts.Word(own), texts.Word(plain)):
        yield f"house style: {problem}"
    yield from texts.opened([own], folder / "opened-house")


def forms(planmaker, folder):
    """Yields the problems in blank forms."""
    made = []
    for language, groups in [("nl", []), ("en", ["Case managers", "Team leaders"])]:
        file = folder / f"form-{language}.docx"
        names = [option for group in groups for option in ("--group", group)]
        command = [planmaker, "new", file, "--no-input", "--title", "Form for a meeting", "--lang", language, *names]
        subprocess.run(command, check=True, capture_output=True)
        form = docx.Document(file)
        if form.core_properties.title != "Form for a meeting" or not form.core_properties.language.startswith(language):
            yield f"{file.name}: titled {form.core_properties.title!r} in {form.core_properties.language!r}"
        chapters = [it.text for it in form.paragraphs if it.style.name == "Heading 1"]
        numbers = [it.split()[0] for it in chapters if it[0].isdigit()]
        if numbers != [str(number) for number in range(1, 13)]:
            yield f"{file.name}: chapters {numbers}"
        for table in form.tables:
            if any(cell.text.strip() for row in table.rows[1:] for cell in row.cells[1:]):
                yield f"{file.name}: a table is filled in"
        cells = [row.cells[0].text for table in form.tables for row in table.rows]
        for missing in [group for group in groups if group not in cells]:
            yield f"{file.name}: no row for {missing}"
        yield from (f"{file.name}: {problem}" for problem in texts.word_parts(file))
        made.append(file)
    yield from texts.opened(made, folder / "opened-forms")
