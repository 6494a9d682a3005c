// The decision note is one finished sheet for any plan: renders plans with ever longer texts and counts the sheets.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { eachInTabs, open } from './browser.mjs';
import { leaves, replaced } from './fields.mjs';
import { ROOT } from './plans.mjs';
import { paper } from './validators/paper.mjs';

const PLANS = ['examples/psycho-educatie.yaml', 'tests/plans/goed.yaml', 'tests/plans/veel.yaml'];
const LENGTHS = [25, 60, 120, 250, 600, 2000];
const WORDS = ['Medewerkers voeren het gesprek zoals het is bedoeld. ', 'Schuldhulpverleningssamenwerkingsverband', 'W', '漢'];

/** Prints the decision note of each plan with texts of each length. */
export async function sheets(browser, planmaker, folder, report) {
    const schema = await planmaker.schema();
    const cases = PLANS.flatMap((plan) => LENGTHS.flatMap((length) => WORDS.map((word) => ({ plan, length, word }))));
    await eachInTabs(browser, [...cases.entries()], {}, async (tab, [nr, { plan, length, word }]) => {
        const text = word.repeat(Math.ceil(length / word.length)).slice(0, length).trim();
        const own = parse(readFileSync(join(ROOT, plan), 'utf8'));
        // A norm that is no number has no bar, and the file of a plan with errors asks for no decision: both are tried.
        const places = leaves(own, schema).filter(({ path, isText }) => isText && (nr % 2 || !['norm', 'nulmeting'].includes(path.at(-1))));
        const at = join(folder, 'sheets', `${basename(plan, '.yaml')}-${nr}`);
        mkdirSync(at, { recursive: true });
        writeFileSync(join(at, 'plan.yaml'), stringify(replaced(own, places, () => text)));
        const [file] = await planmaker.render(join(at, 'plan.yaml'), at, [], { html: ['samenvatting'] });
        await open(tab, file);
        const problems = await paper(tab, file, 1);
        report(file, problems.map((problem) => `${length} characters of ${JSON.stringify(word)}: ${problem}`));
    });
}
