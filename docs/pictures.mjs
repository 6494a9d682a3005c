// node docs/pictures.mjs PLANMAKER: makes the pictures of both manuals and both READMEs with that program and Debian's Chromium.
// Run it after a change of how documents, reports or the form look, and look at the result. Needs `npm ci` in tests/pages, and the page
// that web/build makes.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from '../tests/pages/browser.mjs';
import { withPalette } from './png.mjs';

const ROOT = new URL('../', import.meta.url).pathname;
/** The largest picture, so that the repository and the pages stay small. */
const MAX_BYTES = 120_000;

const DOCUMENT = { width: 1000, height: 760 };
const PAPER = { width: 860, height: 960 };

const BOOKS = [
    {
        language: 'nl',
        folder: 'docs/handleiding/src/beelden',
        pictures: [
            { name: 'plan', plan: 'examples/valpreventie.yaml', view: 'plan', size: DOCUMENT, from: '#betrokken_groepen' },
            { name: 'rode-draad', plan: 'examples/valpreventie.yaml', view: 'golden-thread', size: { width: 1280, height: 620 }, from: 'table.thread' },
            { name: 'samenvatting', plan: 'examples/valpreventie.yaml', view: 'summary', size: PAPER, media: 'print' },
            { name: 'check', command: ['check', 'examples/psycho-educatie.yaml', '--alleen', 'meting-na-termijn'] },
            { name: 'begin', form: [], size: { width: 1180, height: 720 } },
            { name: 'vragen', plan: 'examples/psycho-educatie.yaml', form: ['gebruikers'], size: { width: 1280, height: 860 } },
        ],
    },
    {
        language: 'en',
        folder: 'docs/manual/src/pictures',
        pictures: [
            { name: 'summary', plan: 'examples/carer-conversations.yaml', view: 'summary', size: PAPER, media: 'print' },
            { name: 'check', command: ['check', 'examples/psycho-educatie.yaml', '--only', 'meting-na-termijn'] },
        ],
    },
];

const STYLE = `<style>
body { margin: 0; background: #fff; }
pre { margin: 0; padding: 16px; width: max-content; background: #fbfbfa; color: #1c1c1c; font: 13px/18px 'Liberation Mono', monospace; }
.c1 { font-weight: bold; }
.c31, .c91 { color: #b00020; }
.c32, .c92 { color: #12692f; }
.c33, .c93 { color: #8a5300; }
.c34, .c94 { color: #1a4fa0; }
.c36, .c96 { color: #0b6470; }
</style>`;

const planmaker = resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'planmaker-pictures-'));
const browser = await launch();
const problems = [];
for (const book of BOOKS) {
    mkdirSync(join(ROOT, book.folder), { recursive: true });
    for (const picture of book.pictures) {
        const file = join(ROOT, book.folder, `${picture.name}.png`);
        const take = picture.command ? terminal : picture.form ? form : page;
        await take(picture, file, book.language);
        const { size } = statSync(file);
        console.log(`${book.folder}/${picture.name}.png: ${size} bytes`);
        if (size > MAX_BYTES) problems.push(`${file} has ${size} bytes, more than ${MAX_BYTES}`);
    }
}
await browser.close();
rmSync(folder, { recursive: true });
if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
}

/** A window on a document from one of its elements on, or a sheet of paper. */
async function page({ plan, view, size, from, media = 'screen' }, file) {
    const document = join(folder, 'document.html');
    run(['render', plan, '--view', view, '--to', 'html', '-o', document]);
    // The margins of paper are not part of the page.
    const context = await browser.newContext({ viewport: size, bypassCSP: true });
    const page = await context.newPage();
    await page.emulateMedia({ media, colorScheme: 'light' });
    await page.goto(pathToFileURL(document).href);
    if (media === 'print') await page.addStyleTag({ content: 'body { padding: 32px; }' });
    if (from) await page.locator(from).first().evaluate((element) => element.scrollIntoView());
    writeFileSync(file, await withPalette(page, await page.screenshot()));
    await context.close();
}

/** The form in the browser: its start, or a section of a plan. */
async function form({ plan, form: [section], size }, file, language) {
    const context = await browser.newContext({ viewport: size, locale: language });
    // A script can choose a file in the older dialog only.
    await context.addInitScript(() => delete window.showOpenFilePicker);
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(ROOT, 'web/dist/planmaker.html')).href);
    await page.waitForSelector('html[data-ready]');
    if (plan) {
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('[data-script="open"]')]);
        await chooser.setFiles(join(ROOT, plan));
        await page.click(`#sections a[data-do*='"${section}"']`);
        await page.waitForSelector(`#main[data-screen="section:${section}"]`);
    }
    writeFileSync(file, await withPalette(page, await page.screenshot()));
    await context.close();
}

/** What a command writes to a terminal of 80 columns. */
async function terminal({ command }, file, language) {
    const written = run([...command, '--color', 'always'], { PLANMAKER_LANG: language, COLUMNS: '80' });
    const document = join(folder, 'terminal.html');
    const text = `$ planmaker ${command.join(' ')}\n${written}`;
    writeFileSync(document, `<!doctype html><meta charset="utf-8"><title>planmaker</title>${STYLE}<pre>${markup(text)}</pre>`);
    const context = await browser.newContext({ viewport: { width: 760, height: 200 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(document).href);
    writeFileSync(file, await withPalette(page, await page.locator('pre').screenshot()));
    await context.close();
}

function run(args, variables = {}) {
    const options = { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...variables } };
    return execFileSync(planmaker, args, options);
}

/** Text with the colours of a terminal as HTML. */
function markup(text) {
    const escaped = text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);
    let active = [];
    return escaped.replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
        const end = active.length > 0 ? '</span>' : '';
        const added = codes.split(';').map((code) => `c${code || 0}`);
        active = added.includes('c0') ? [] : [...active, ...added];
        return active.length > 0 ? `${end}<span class="${active.join(' ')}">` : end;
    });
}
