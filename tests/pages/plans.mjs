// The documents under test: the plans, languages and views, rendered by the binary under test.

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseDocument } from 'yaml';

export const ROOT = new URL('../../', import.meta.url).pathname;
const VIEWS = ['plan', 'samenvatting', 'groep', 'rode-draad', 'voortgang', 'gesprek'];
const ALL = { html: VIEWS, md: VIEWS };
export const PAGES = { html: VIEWS };
export const PAGES_AND_PLAN = { html: VIEWS, md: ['plan'] };
const LANGUAGES = ['nl', 'en'];

/** The examples, a beginner's plan with many gaps, a plan that uses every section, and one with very long texts. */
function plans() {
    const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));
    return [
        ...examples.map((name) => join(ROOT, 'examples', name)),
        join(ROOT, 'tests/plans/beginner.yaml'),
        join(ROOT, 'tests/plans/veel.yaml'),
    ];
}

/** Runs one binary to render plans. */
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

    /** Renders views of a plan into a folder and returns the files to check. */
    async render(plan, folder, extra = [], views = ALL) {
        mkdirSync(folder, { recursive: true });
        for (const [format, names] of Object.entries(views)) {
            await this.#run(['render', plan, '--to', format, '--view', names.join(','), ...extra, '-o', folder + '/']);
        }
        const names = readdirSync(folder).filter((name) => ['.html', '.md'].includes(extname(name)));
        return firstGroups(names.sort()).map((name) => join(folder, name));
    }

    /** Renders every view of every plan in both languages. */
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

/** Keeps the documents of the first two groups: those of further groups differ in their texts only. */
function firstGroups(names) {
    const counts = new Map();
    return names.filter((name) => {
        const kind = name.replace(/-(groep|gesprek)-.*\./, '-$1.');
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return counts.get(kind) <= 2;
    });
}

/** Writes a copy of a plan with another document language. */
function inLanguage(plan, language, folder) {
    const document = parseDocument(readFileSync(plan, 'utf8'));
    document.setIn(['plan', 'taal'], language);
    const copy = join(folder, 'plans', language, basename(plan));
    mkdirSync(join(folder, 'plans', language), { recursive: true });
    writeFileSync(copy, document.toString({ lineWidth: 0 }));
    return copy;
}
