// node main.mjs PLANMAKER: has documents of that binary judged, and hostile texts tried on it, in one Chromium.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { launch } from './browser.mjs';
import { badDocuments, documents, themes } from './judge.mjs';
import { hostileThemes } from './hostile-themes.mjs';
import { injection } from './injection.mjs';
import { Planmaker } from './plans.mjs';

const SHOWN = 20;

const folder = mkdtempSync(join(tmpdir(), 'planmaker-pages-'));
const planmaker = new Planmaker(process.argv[2]);
const browser = await launch();
let wrong = 0;

async function step(name, work) {
    const start = Date.now();
    let judged = 0;
    await work((file, problems) => {
        judged += 1;
        wrong += problems.length;
        if (problems.length > 0) console.log(`${relative(folder, file)}: ${problems.length} problems`);
        for (const problem of problems.slice(0, SHOWN)) console.log(`    ${problem}`);
    });
    console.log(`${name}: ${judged} judged in ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

await step('bad documents', (report) => badDocuments(browser, folder, report));
await step('documents', (report) => documents(browser, planmaker, folder, report));
await step('house styles', (report) => themes(browser, planmaker, folder, report));
await step('hostile house styles', (report) => hostileThemes(browser, planmaker, folder, report));
await step('hostile texts', (report) => injection(browser, planmaker, folder, report));

await browser.close();
if (wrong > 0) {
    console.log(`${wrong} problems; the documents are in ${folder}`);
    process.exit(1);
}
rmSync(folder, { recursive: true });
