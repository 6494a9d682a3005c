"""Compares a workbook, as openpyxl reads it, with the data of its plan. LibreOffice calculates it anew, if it is there."""

import datetime
import re
import shutil
import subprocess
from decimal import Decimal

import openpyxl

SHEETS = ["planning", "uren", "tarieven", "kosten", "doelen", "rode_draad", "punten"]
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Plan:
    """The data of a plan."""

    def __init__(self, data):
        self.data, self.plan, self.facts, self.words = data, data["plan"], data["feiten"], data["woorden"]
        self.budget = self.plan["planning_en_budget"] or {}
        self.activities = {key: it for key, it in (self.budget.get("activiteiten") or {}).items() if it is not None}

    def things(self, *path):
        value = self.plan
        for key in path:
            value = (value or {}).get(key)
        return value or {}

    def name(self, identifier, *paths):
        for path in paths:
            thing = self.things(*path).get(identifier)
            if thing and thing.get("naam"):
                return line(thing["naam"])
        words = re.sub("[-_]", " ", identifier)
        return line(words[:1].upper() + words[1:])

    def party(self, identifier):
        return self.name(identifier, ["betrokken_groepen"], ["implementatieteam"])

    def names(self, identifiers, *paths):
        return "; ".join(self.name(identifier, *paths) for identifier in identifiers or [] if identifier) or None

    def parties(self, identifiers):
        return "; ".join(self.party(identifier) for identifier in identifiers or [] if identifier) or None

    def choice(self, kind, choice):
        return choice and self.words.get(f"keuzes.{kind}.{choice}", choice)


def line(text):
    """A text on one line, as documents have it."""
    return " ".join(CONTROL.sub(" ", text).split()) if text else None


def number(value):
    return None if value in (None, "") else Decimal(str(value))


def day(text):
    return text and datetime.datetime.fromisoformat(text)


def problems(file, data):
    plan = Plan(data)
    formulas, results = openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)
    wanted = [plan.words[f"werkmap.blad.{name}"] for name in SHEETS]
    if formulas.sheetnames != wanted:
        yield f"sheets: {formulas.sheetnames}"
        return
    yield from properties(formulas, plan)
    for sheet in formulas:
        yield from layout(sheet)
    sheets = {name: results[title] for name, title in zip(SHEETS, wanted)}
    for name, rows in [
        ("planning", list(planning(plan))),
        ("uren", list(hours(plan))),
        ("tarieven", None),
        ("kosten", None),
        ("rode_draad", None if data["feiten"]["rode_draad"]["te_lang"] else list(thread(plan))),
        ("punten", list(points(plan))),
        ("doelen", list(goals(plan))),
    ]:
        if rows is not None:
            yield from compare(sheets[name], rows)
    yield from amounts(sheets, plan)
    for sheet in formulas:
        yield from formulas_of(sheet, results[sheet.title])
    yield from calculated(file, results)


def properties(book, plan):
    it = book.properties
    if it.title != line(plan.data["titel"])[: len(it.title or "")] or not it.title:
        yield f"title: {it.title!r}"
    header = plan.plan["plan"] or {}
    stamp = header.get("datum") or plan.facts["start"] or "2020-01-01"
    if it.created != day(stamp):
        yield f"created: {it.created}"
    for author in header.get("auteurs") or []:
        if author and line(author) not in (it.creator or "") and len(it.creator or "") < 250:
            yield f"author: {it.creator!r}"


def layout(sheet):
    """Yields what makes a sheet harder to use or print."""
    last = sheet.auto_filter.ref.split(":")[-1]
    for name, value, wanted in [
        ("panes", sheet.freeze_panes, "A2"),
        ("filter", last[: len(sheet.cell(1, sheet.max_column).column_letter)], sheet.cell(1, sheet.max_column).column_letter),
        ("paper", sheet.page_setup.paperSize, 9),
        ("orientation", sheet.page_setup.orientation, "landscape"),
        ("fit to width", (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight), (True, 0)),
        ("repeated rows", sheet.print_title_rows, "$1:$1"),
        ("merged cells", list(sheet.merged_cells.ranges), []),
    ]:
        if value != wanted:
            yield f"{sheet.title}: {name}: {value!r}"
    for cell in sheet[1]:
        if cell.data_type != "s" or not cell.font.bold:
            yield f"{sheet.title}: heading {cell.value!r}"


def planning(plan):
    """The rows that the schedule must have."""
    for number_, (identifier, it) in enumerate(plan.activities.items(), 1):
        dated = plan.facts["activiteiten"].get(identifier)
        cost = plan.facts["kosten"]["activiteiten"].get(identifier)
        stage = it["etappe"] and plan.name(it["etappe"], ["planning_en_budget", "etappes"])
        yield [
            number_,
            plan.name(identifier, ["planning_en_budget", "activiteiten"]),
            stage,
            day(dated["start"]) if dated else Ellipsis,
            day(dated["einde"]) if dated else Ellipsis,
            plan.choice("status_activiteit", it["status"]),
            plan.parties(it["eigenaar"]),
            plan.names(it["strategieen"], ["implementatiestrategieen", "strategieen"]),
            plan.names(it["na"], ["planning_en_budget", "activiteiten"], ["planning_en_budget", "beslismomenten"]),
            number(cost["uren"]) if cost else None,
            number(cost["loonkosten"]) if cost else None,
            number(it["kosten"]) if cost else None,
            number(cost["totaal"]) if cost else None,
        ]


def hours(plan):
    """The rows that the hours must have, calculated here."""
    rates = plan.budget.get("uurtarieven") or {}
    for number_, (identifier, it) in enumerate(plan.activities.items(), 1):
        if it["status"] == "vervallen":
            continue
        for party, effort in (it["inzet"] or {}).items():
            if effort is None:
                continue
            people, each, rate = number(effort["personen"]), number(effort["uren"]), number(rates.get(party))
            total = None if people is None or each is None else people * each
            cost = None if total is None or rate is None else total * rate
            name = plan.name(identifier, ["planning_en_budget", "activiteiten"])
            yield [number_, name, Ellipsis, people, each, total, rate, cost]


def goals(plan):
    indicators = {key: it for key, it in plan.things("monitoring").items() if it is not None}
    goals_ = {key: it for key, it in plan.things("implementatiedoelen").items() if it is not None}
    for identifier, it in goals_.items():
        term = plan.facts["termijnen"][identifier]["termijn"]
        about = [it["groep"] and plan.party(it["groep"]), plan.name(identifier, ["implementatiedoelen"]), line(it["norm"])]
        about += [line(it["nulmeting"]), day(term)]
        own = [indicator for indicator in indicators.values() if indicator["doel"] == identifier]
        for indicator in own:
            yield about + about_indicator(plan, indicator)
        if not own:
            yield about + [None] * 8
    for indicator in indicators.values():
        if indicator["doel"] not in goals_:
            yield [None, Ellipsis, None, None, None, *about_indicator(plan, indicator)]


def about_indicator(plan, it):
    kind = plan.choice("soort_indicator", it["soort"])
    return [kind, Ellipsis, Ellipsis, Ellipsis, Ellipsis, plan.parties(it["eigenaar"]), Ellipsis, Ellipsis]


def thread(plan):
    """The rows of the red thread."""
    thread_ = plan.facts["rode_draad"]
    for barrier in thread_["belemmeringen"]:
        about = [line(barrier["naam"]), barrier["groep"] and plan.party(barrier["groep"])]
        about += [plan.choice("invloed", barrier["invloed"]) and Ellipsis, plan.choice("ja_nee", "ja" if barrier["speerpunt"] else "nee")]
        for strategy in barrier["strategieen"]:
            it = thread_["strategieen"][strategy]
            for activity in it["activiteiten"]:
                of = thread_["activiteiten"][activity]
                effort = [plan.parties(of["eigenaar"]), number(of["uren"]), number(of["kosten"])]
                yield [*about, line(it["naam"]), line(of["naam"]), *effort, Ellipsis, Ellipsis]
            if not it["activiteiten"]:
                messages = plan.names(it["boodschappen"], ["communicatieplan"])
                yield [*about, line(it["naam"]), messages, None, None, None, Ellipsis, Ellipsis]
        if not barrier["strategieen"]:
            yield [*about, None, None, None, None, None, Ellipsis, Ellipsis]


def points(plan):
    for finding in plan.data["bevindingen"]:
        severity = plan.words[f"document.ernst.{finding['ernst']}"]
        yield [Ellipsis, severity, line(finding["titel"]), line(finding["oplossing"])]


def compare(sheet, rows):
    """Compares the rows of a table. An ellipsis is any value."""
    filtered = int(re.search(r"\d+$", sheet.auto_filter.ref).group())
    if filtered != len(rows) + 1:
        yield f"{sheet.title}: {filtered - 1} rows and not {len(rows)}"
    for number_, wanted in enumerate(rows, 2):
        for column, value in enumerate(wanted, 1):
            cell = sheet.cell(number_, column)
            if not is_same(cell.value, value):
                yield f"{sheet.title} {cell.coordinate}: {cell.value!r} and not {value!r}"


def is_same(found, wanted):
    if wanted is Ellipsis:
        return True
    if isinstance(wanted, Decimal) and isinstance(found, (int, float)):
        # Amounts are rounded to cents in the data.
        margin = "0.00501" if wanted.as_tuple().exponent == -2 else "0.000001"
        return abs(Decimal(str(found)) - wanted) < Decimal(margin)
    return (found or None) == (wanted or None) if not isinstance(wanted, Decimal) else False


def amounts(sheets, plan):
    """Compares the totals, and the rates with their hours."""
    costs = plan.facts["kosten"]
    rates = sheets["tarieven"]
    parties = {plan.party(key): it for key, it in costs["partijen"].items()}
    if len(parties) == len(costs["partijen"]):
        for name, hours_, rate, cost, _ in rates.iter_rows(min_row=2, values_only=True):
            it = parties.get(name)
            if it and not all(
                is_same(found, number(it[key])) or (found in (None, "") and it[key] is None)
                for found, key in [(hours_, "uren"), (rate, "uurtarief"), (cost, "kosten")]
            ):
                yield f"{rates.title}: {name}: {hours_}, {rate}, {cost} and not {it}"
    found = {row[0]: row[2] for row in sheets["kosten"].iter_rows(min_row=2, values_only=True)}
    if not found:
        if plan.plan["planning_en_budget"] is not None:
            yield "no costs"
        return
    for label, key in [("kop.loonkosten", "loonkosten"), ("kosten_van_activiteiten", "kosten"), ("kop.totaal", "totaal"), ("ruimte", "over")]:
        value = found.get(plan.words[f"document.{label}"])
        if costs[key] is not None and not is_same(value, number(costs[key])):
            yield f"{key}: {value} and not {costs[key]}"


def formulas_of(sheet, results):
    """Checks that every amount that can be calculated is, that no text is a formula, and the kinds of values."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.data_type == "f":
                if not re.match(r"=(SUM|SUMIFS|SUMPRODUCT|IF|ROUND|[A-Z]\d+[-+][A-Z]\d+$|0$)", cell.value):
                    yield f"{sheet.title} {cell.coordinate}: {cell.value}"
                if results[cell.coordinate].data_type not in ("n", "s", "str"):
                    yield f"{sheet.title} {cell.coordinate}: {results[cell.coordinate].value}"
            elif cell.data_type == "s" and cell.value[:1] in tuple("=+-@") and not cell.quotePrefix:
                yield f"{sheet.title} {cell.coordinate}: becomes a formula: {cell.value!r}"


def calculated(file, results):
    """Compares the results with those of LibreOffice, which gets the formulas without them."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return
    folder = file.parent / "calculated"
    folder.mkdir(exist_ok=True)
    bare = folder / f"bare-{file.name}"
    openpyxl.load_workbook(file).save(bare)
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", folder / "out", bare]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    again = openpyxl.load_workbook(folder / "out" / bare.name, data_only=True)
    for sheet in results:
        for row in sheet.iter_rows():
            for cell in row:
                value = again[sheet.title][cell.coordinate].value
                if isinstance(cell.value, (int, float)):
                    if not isinstance(value, (int, float)) or abs(value - cell.value) > 1e-6:
                        yield f"{sheet.title} {cell.coordinate}: LibreOffice has {value!r} and not {cell.value!r}"


def damaged(file, folder):
    """Yields workbooks with one mistake."""
    for name, sheet, at, value in [
        ("another day", 0, "D2", datetime.datetime(2001, 1, 1)),
        ("another name", 0, "B3", "Iets anders"),
        ("another result", 1, "F2", 13),
        ("a formula", 0, "B2", "=1+1"),
        ("a point less", 6, "C2", None),
    ]:
        book = openpyxl.load_workbook(file, data_only=True)
        book.worksheets[sheet][at] = value
        book.properties.created = openpyxl.load_workbook(file).properties.created
        damaged_file = folder / f"{name}.xlsx"
        book.save(damaged_file)
        yield name, damaged_file
