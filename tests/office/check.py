"""check.py PLANMAKER: renders plans and compares their files for the office with their data."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import calendars
import houses
import prints
import texts
import workbooks

PLANS = [
    *sorted(Path("examples").glob("*.yaml")),
    *(Path("tests/plans") / name for name in ["alles.yaml", "goed.yaml", "newcomer-en.yaml", "veel.yaml"]),
    Path("tests/office/hostile.yaml"),
]


def render(planmaker, plan, folder, *options):
    """Renders a plan and returns its files by extension."""
    command = [planmaker, "render", plan, *options, "-o", f"{folder}/"]
    subprocess.run(command, check=True, capture_output=True)
    return {file.suffix: file for file in Path(folder).iterdir()}


def check(planmaker, plan, folder):
    """Yields the problems in the files of a plan."""
    files = render(planmaker, plan, folder / "one", "--to", "xlsx,ics,json,html,docx,odt")
    # Neither the name of the plan nor its folder is in the files.
    copy = folder / "copy of a plan.yaml"
    shutil.copyfile(plan, copy)
    again = render(planmaker, copy, folder / "two", "--to", "xlsx,ics,docx,odt")
    for extension in [".xlsx", ".ics", ".docx", ".odt"]:
        if files[extension].read_bytes() != again[extension].read_bytes():
            yield f"{extension}: other bytes for the same plan"
    data = json.loads(files[".json"].read_text())
    yield from workbooks.problems(files[".xlsx"], data)
    yield from calendars.problems(files[".ics"].read_bytes(), data)
    for extension in [".docx", ".odt"]:
        for problem in texts.problems(files[extension], files[".html"], data):
            yield f"{extension}: {problem}"
    for party in [*(data["plan"]["betrokken_groepen"] or {}), *(data["plan"]["implementatieteam"] or {})]:
        own = folder / f"own {party}"
        files_of_party = render(planmaker, plan, own, "--to", "ics", "--group", party)
        yield from calendars.problems_of_party(files_of_party[".ics"].read_bytes(), data, party)


def views(planmaker, plan, folder):
    """Yields the problems in the other views of a plan."""
    names = ["samenvatting", "groep", "rode-draad", "voortgang", "gesprek"]
    command = [planmaker, "render", plan, "--to", "html,docx,odt", "--view", ",".join(names), "--op", "2027-04-29", "-o", f"{folder}/"]
    subprocess.run(command, check=True, capture_output=True)
    files = sorted(Path(folder).glob("*.[do]*"))
    for file in files:
        kind = texts.Word if file.suffix == ".docx" else texts.OpenDocument
        for problem in texts.differences(kind(file), texts.Page(file.with_suffix(".html"))):
            yield f"{file.name}: {problem}"
        for problem in (texts.word_parts if file.suffix == ".docx" else texts.odt_parts)(file):
            yield f"{file.name}: {problem}"
    yield from texts.opened(files, folder / "opened")


def printed(planmaker, folder):
    """Yields the problems in what a browser prints."""
    worked = Path("examples/psycho-educatie.yaml")
    for nr, (plan, *options) in enumerate([
        *([plan] for plan in sorted(Path("examples").glob("*.yaml"))),
        [worked, "--view", "samenvatting,groep,rode-draad,voortgang,gesprek", "--op", "2027-04-29"],
    ]):
        own = Path(folder) / str(nr)
        command = [planmaker, "render", plan, "--to", "html,pdf", *options, "-o", f"{own}/"]
        subprocess.run(command, check=True, capture_output=True)
        for file in sorted(own.glob("*.pdf")):
            for problem in prints.problems(file, file.with_suffix(".html")):
                yield f"{plan}: {file.name}: {problem}"
    for nr, (name, (template, text)) in enumerate(prints.DAMAGE.items()):
        templates = Path(folder) / f"templates-{nr}"
        templates.mkdir()
        (templates / template).write_text(text)
        files = render(planmaker, worked, Path(folder) / f"damaged-{nr}", "--to", "html,pdf", "--templates", templates)
        if not list(prints.problems(files[".pdf"], files[".html"])):
            yield f"not noticed in a print: {name}"


def unnoticed(planmaker, folder):
    """Yields the damage that these checks do not notice."""
    plan = Path("examples/psycho-educatie.yaml")
    files = render(planmaker, plan, folder, "--to", "xlsx,ics,json,html,docx,odt")
    data = json.loads(files[".json"].read_text())
    for name, damaged in workbooks.damaged(files[".xlsx"], folder):
        if not list(workbooks.problems(damaged, data)):
            yield f"not noticed in a workbook: {name}"
    for name, damaged in calendars.damaged(files[".ics"].read_bytes()):
        if not list(calendars.problems(damaged, data)):
            yield f"not noticed in a calendar: {name}"
    for extension in [".docx", ".odt"]:
        for name, damaged in texts.damaged(files[extension], folder):
            if not list(texts.problems(damaged, files[".html"], data)):
                yield f"not noticed in {extension}: {name}"


def main():
    planmaker = Path(sys.argv[1]).resolve()
    total = 0
    with tempfile.TemporaryDirectory(prefix="planmaker-office-") as folder:
        for number, plan in enumerate(PLANS):
            own = Path(folder) / str(number)
            own.mkdir()
            problems = list(check(planmaker, plan, own))
            total += len(problems)
            for problem in problems[:20]:
                print(f"{plan}: {problem}")
        made = [file for extension in ["docx", "odt"] for file in sorted(Path(folder).glob(f"*/one/*.{extension}"))]
        others = views(planmaker, Path("examples/psycho-educatie.yaml"), Path(folder) / "views")
        prints_too = printed(planmaker, Path(folder) / "printed") if shutil.which("chromium") else []
        own_style = houses.in_house_style(planmaker, Path("examples/psycho-educatie.yaml"), Path(folder))
        forms = houses.forms(planmaker, Path(folder))
        for problem in [*texts.opened(made, Path(folder) / "opened"), *others, *prints_too, *own_style, *forms]:
            total += 1
            print(problem)
        for problem in unnoticed(planmaker, Path(folder) / "damaged"):
            total += 1
            print(problem)
    print(f"{len(PLANS)} plans: {total} problems in their files")
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
