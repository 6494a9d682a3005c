// Validates every view of every plan as a page, on paper and as Markdown, and pages in published house styles.
// Each validator must also find the mistakes in its bad document, to prove that it works.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { eachInTabs, open } from './browser.mjs';
import { WAYS, access } from './validators/access.mjs';
import { markdown } from './validators/markdown.mjs';
import { markup } from './validators/markup.mjs';
import { paper } from './validators/paper.mjs';
import { text } from './validators/text.mjs';
import { THEMES, appearance, reached } from './validators/theme.mjs';
import { ROOT } from './plans.mjs';

const isPage = (file) => file.endsWith('.html');
// The decision note fits on one sheet for any plan, the year of a group for the plans that are no larger than most.
const isGuide = (file) => /-(gesprek|interview)-/.test(basename(file));
const sheets = (file) => (!isGuide(file) && /-(samenvatting|summary|groep|group)\b/.test(basename(file)) ? 1 : undefined);

// The two languages of a plan have the same elements and colours, so each gets half of the colour schemes, at both widths.
const ways = (file) => (/-en\/[^/]*$/.test(file) ? [WAYS[1], WAYS[3]] : [WAYS[0], WAYS[2]]);

/** Runs all validators of pages. */
async function page(tab, file, { ways = WAYS, sheets } = {}) {
    const did = await open(tab, file);
    await tab.watchScripts(false);
    const problems = [...did, ...(await access(tab, ways)), ...(await markup(readFileSync(file, 'utf8')))];
    problems.push(...(await text(tab)), ...(await paper(tab, file, sheets)));
    await tab.watchScripts(true);
    return problems;
}

/** Validates every view of every plan, for at most two of its groups. */
export async function documents(browser, planmaker, folder, report) {
    const files = await planmaker.renderAll(join(folder, 'documents'));
    for (const file of files.filter((file) => !isPage(file))) {
        report(file, markdown(readFileSync(file, 'utf8')));
    }
    await eachInTabs(browser, files.filter(isPage), {}, async (tab, file) => {
        report(file, await page(tab, file, { ways: ways(file), sheets: sheets(file) }));
    });
}

/** Compares the longest and the shortest page of the worked example with and without every published house style. */
export async function themes(browser, planmaker, folder, report) {
    const plan = join(ROOT, 'examples/psycho-educatie.yaml');
    const views = { html: ['plan', 'samenvatting'] };
    const render = (name, extra) => planmaker.render(plan, join(folder, 'themes', name), extra, views);
    const plain = await render('none', []);
    const themed = [];
    for (const [name, theme] of Object.entries(THEMES)) {
        const pages = await render(name, ['--theme', theme]);
        themed.push(...pages.map((file, nr) => [file, plain[nr]]));
    }
    await eachInTabs(browser, themed, {}, async (tab, [file, plain]) => {
        await open(tab, plain);
        const before = await appearance(tab);
        const problems = [...(await open(tab, file))];
        await tab.watchScripts(false);
        problems.push(...reached(await appearance(tab), before));
        problems.push(...(await access(tab, WAYS.slice(0, 2))));
        await tab.watchScripts(true);
        report(file, problems);
    });
}

// The problems that must be found in each bad document.
const BAD = {
    'no-names.html': [/axe html-has-lang/, /axe image-alt/, /axe color-contrast/, /html-validate/],
    'too-wide.html': [/light, 320 px: overflow/],
    'busy.html': [/^request: GET https:/, /^script: /, /^console: warning: hello/, /^dialog: hello/],
    'blocked.html': [/^console: error: .*inline style/, /^console: error: .*inline script/],
    'invalid.html': [/html-validate no-dup-id/, /html-validate no-implicit-close|html-validate element-permitted-content/],
    'faint-drawing.html': [/light.*‘Dark on dark’/, /dark.*‘Dark on dark’/, /light.*‘Half on white paper’/, /‘Faded’/],
    'cut.html': [
        /ends in dots: Deze regel/,
        /ends in dots: Van deze alinea staat/,
        /cut: Van deze alinea is de helft/,
        /320 px: hidden in a box that scrolls: Wie/,
        /broken: 1 september 2026/,
        /broken: schuldhulpverlening/,
        /an ellipsis: De rest van de zin/,
        /a path: monitoring\.bereik\.wanneer/,
        /a key: uren_per_week/,
    ],
    'two-small-sheets.html': [/paper: not A4/, /paper: 2 sheets instead of 1/, /paper: wider than the sheet: <td>/],
    'document.md': [
        /link to #nowhere/,
        /goes from level 1 to 3/,
        /: HTML: <b>/,
        /an image/,
        /rows of 2,3 cells/,
        /second title/,
    ],
};

/** Reports mistakes in bad documents that no validator finds. */
export async function badDocuments(browser, folder, report) {
    await eachInTabs(browser, Object.entries(BAD), {}, async (tab, [name, expected]) => {
        const source = new URL(`bad/${name}`, import.meta.url);
        const text = readFileSync(source, 'utf8');
        const file = join(folder, name);
        writeFileSync(file, text);
        const found = isPage(name) ? await page(tab, file, { sheets: 1 }) : markdown(text);
        const missed = expected.filter((pattern) => !found.some((problem) => pattern.test(problem)));
        report(`bad/${name}`, missed.map((pattern) => `not found: ${pattern} in ${JSON.stringify(found, null, 1)}`));
    });
}
