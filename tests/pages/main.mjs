// node main.mjs PLANMAKER [--texts all|1|2|3|4]: checks the documents made by that binary, in one Chromium.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';
import { badDocuments, documents, themes } from './documents.mjs';
import { hostileThemes } from './hostile-themes.mjs';
import { injection } from './injection.mjs';
import { Planmaker } from './plans.mjs';
import { sheets } from './sheets.mjs';
import { quarterOfToday, vectors } from './vectors.mjs';

const MAX_SHOWN = 20;

const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { texts: { type: 'string', default: quarterOfToday() } },
});
const texts = vectors(options.texts);
const folder = mkdtempSync(join(tmpdir(), 'planmaker-pages-'));
const planmaker = new Planmaker(positionals[0]);
const browser = await launch();
let total = 0;

async function step(name, work) {
    const start = Date.now();
    let files = 0;
    await work((file, problems) => {
        files += 1;
        total += problems.length;
        if (problems.length > 0) console.log(`${relative(folder, file)}: ${problems.length} problems`);
        for (const problem of problems.slice(0, MAX_SHOWN)) console.log(`    ${problem}`);
    });
    console.log(`${name}: ${files} checked in ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

await step('bad documents', (report) => badDocuments(browser, folder, report));
await step('documents', (report) => documents(browser, planmaker, folder, report));
await step('long texts', (report) => sheets(browser, planmaker, folder, report));
await step('house styles', (report) => themes(browser, planmaker, folder, report));
await step('hostile house styles', (report) => hostileThemes(browser, planmaker, folder, report));
const part = options.texts === 'all' ? '' : ` (quarter ${options.texts}; the same again with --texts ${options.texts})`;
await step(`hostile texts${part}`, (report) => injection(browser, planmaker, folder, texts, report));

await browser.close();
if (total > 0) {
    console.log(`${total} problems; the documents are in ${folder}`);
    process.exit(1);
}
rmSync(folder, { recursive: true });
