// The documents that are judged: which plans, in which languages and views, rendered by the binary under test.
// What they must be is for the judges to say.

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseDocument } from 'yaml';

export const ROOT = new URL('../../', import.meta.url).pathname;
const VIEWS = ['plan', 'samenvatting', 'groep', 'rode-draad'];
const ALL = { html: VIEWS, md: VIEWS };
export const PAGES = { html: VIEWS };
export const PAGES_AND_PLAN = { html: VIEWS, md: ['plan'] };
const LANGUAGES = ['nl', 'en'];

/** The examples, a beginner's plan with many gaps, a plan that uses every field, and one with texts that fit nowhere. */
function plans() {
    const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));
    return [
        ...examples.map((name) => join(ROOT, 'examples', name)),
        join(ROOT, 'tests/plans/beginner.yaml'),
        join(ROOT, 'tests/plans/goed.yaml'),
        join(ROOT, 'tests/plans/veel.yaml'),
    ];
}

/** Renders plans with one binary. */
export class Planmaker {
    constructor(binary) {
        this.binary = binary;
    }

    async #run(args) {
        const { stdout } = await promisify(execFile)(this.binary, args, { maxBuffer: 1 << 28 });
        return stdout;
    }

    async schema() {
        return JSON.parse(await this.#run(['schema']));
    }

    /** Views of a plan, in a folder of its own; gives back what is to be judged of it. */
    async render(plan, folder, extra = [], views = ALL) {
        mkdirSync(folder, { recursive: true });
        for (const [format, names] of Object.entries(views)) {
            await this.#run(['render', plan, '--to', format, '--view', names.join(','), ...extra, '-o', folder + '/']);
        }
        const names = readdirSync(folder).filter((name) => ['.html', '.md'].includes(extname(name)));
        return firstGroups(names.sort()).map((name) => join(folder, name));
    }

    /** Every view of every plan in both languages. */
    async renderAll(folder) {
        const files = [];
        for (const plan of plans()) {
            for (const language of LANGUAGES) {
                const name = `${basename(plan, '.yaml')}-${language}`;
                files.push(...(await this.render(inLanguage(plan, language, folder), join(folder, name))));
            }
        }
        return files;
    }
}

/** The documents without those of a third group and on, in which nothing but the texts is new. */
function firstGroups(names) {
    const counts = new Map();
    return names.filter((name) => {
        const kind = name.replace(/-groep-.*\./, '-groep.');
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return counts.get(kind) <= 2;
    });
}

/** A copy of a plan that asks for its document in a language. */
function inLanguage(plan, language, folder) {
    const document = parseDocument(readFileSync(plan, 'utf8'));
    document.setIn(['plan', 'taal'], language);
    const copy = join(folder, 'plans', language, basename(plan));
    mkdirSync(join(folder, 'plans', language), { recursive: true });
    writeFileSync(copy, document.toString({ lineWidth: 0 }));
    return copy;
}
