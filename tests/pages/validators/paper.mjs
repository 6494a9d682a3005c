// Printing: on A4, within the margins, and on the expected number of sheets. Its looks are for people to assess.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** The width of the text on A4, in CSS pixels: 210 mm without the margins. */
const TEXT_WIDTH = 695;
/** The same for wide paper, which the red thread is printed on. */
const WIDE = 1016;

/** Finds elements wider than the sheet: they are cut off, or make the browser shrink every sheet. */
async function tooWide(page) {
    const before = page.viewportSize();
    const isWide = await page.evaluate(() => document.body.matches('.wide-paper'));
    const most = isWide ? WIDE : TEXT_WIDTH;
    await page.setViewportSize({ width: most, height: 900 });
    await page.emulateMedia({ media: 'print' });
    const wide = await page.evaluate(([most, isWide]) => {
        const isElsewhere = (element) => !isWide && element.closest('.thread-region');
        const over = (element) => element.getBoundingClientRect().right > most + 1 && !isElsewhere(element);
        const deepest = (element) => ![...element.children].some(over);
        const found = [...document.querySelectorAll('main *:not(svg *)')].filter(over).filter(deepest);
        return found.map((element) => `<${element.localName}> ${element.textContent.trim().slice(0, 40)}`);
    }, [most, isWide]);
    await page.emulateMedia({ media: null });
    await page.setViewportSize(before);
    return wide.slice(0, 3).map((element) => `paper: wider than the sheet: ${element}`);
}

/** Prints the page and validates the result. `sheets` is the required number of sheets, if any. */
export async function paper({ page }, file, sheets) {
    const pdf = file.replace(/\.html$/, '.pdf');
    writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const about = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    const count = Number(/^Pages:\s+(\d+)/m.exec(about)?.[1]);
    const problems = [];
    if (!/^Page size:.*\(A4\)/m.test(about)) problems.push(`paper: not A4: ${/^Page size:.*/m.exec(about)?.[0]}`);
    if (sheets !== undefined && count !== sheets) problems.push(`paper: ${count} sheets instead of ${sheets}`);
    problems.push(...(await tooWide(page)));
    return problems;
}
