// Texts of a plan never become anything but text: renders hostile texts in every text field of a plan, in every view.
//
// Documents are parsed by a browser and a GFM parser; for each hostile text one page is also opened. A document with hostile
// texts must have the same elements and attributes, or the same kinds of Markdown nodes, as one with harmless texts. Their
// number may differ in figures, which break long texts into lines, and in the open points, which quote findings about texts.
// Pages are opened without their Content-Security-Policy, because the test is about escaping, not about the policy behind it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { parse as parseYaml, stringify } from 'yaml';
import { eachInTabs, open } from './browser.mjs';
import { leaves, mixed, replaced, shortened } from './fields.mjs';
import { PAGES, PAGES_AND_PLAN, ROOT } from './plans.mjs';
import { parse as parseMarkdown } from './validators/markdown.mjs';
import { VECTORS } from './vectors.mjs';

const HARMLESS = 'tekst';
const MIXTURES = 12;

// The elements with their attributes, and the Markdown nodes, that Markdown in prose may produce.
const PROSE = new Set([
    ...['p', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'ol start', 'li', 'blockquote', 'pre', 'code', 'hr', 'br', 'em', 'strong', 'del'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'th scope', 'td', 'a href', 'pre tabindex', 'div aria-label class role tabindex'],
    ...['paragraph', 'heading', 'list', 'listItem', 'thematicBreak', 'break', 'emphasis', 'delete', 'inlineCode'],
    ...['tableRow', 'tableCell', 'link'],
]);
const HARMLESS_ADDRESS = /^(#|https?:|mailto:)/i;

/** Tries each of the `vectors` ([number, text]) in all lines and in all prose, and mixtures of all texts in all fields. */
export async function injection(browser, planmaker, folder, vectors, report) {
    const schema = await planmaker.schema();
    const plan = shortened(parseYaml(readFileSync(join(ROOT, 'tests/plans/goed.yaml'), 'utf8')), schema);
    let number = 0;
    const render = (plan, options, views) => {
        const name = join(folder, 'injection', String((number += 1)));
        mkdirSync(name, { recursive: true });
        writeFileSync(join(name, 'plan.yaml'), stringify(plan));
        return planmaker.render(join(name, 'plan.yaml'), name, options, views);
    };
    const inTabs = (items, work) => eachInTabs(browser, items, { policy: false }, work);

    await inTabs([[]], async (tab) => report('bad/templates', await badTemplate(tab, plan, render)));

    const places = leaves(plan, schema).filter(({ isText }) => isText);
    let isProse;
    await inTabs([places], async (tab) => (isProse = await proseAmong(places, plan, tab, render)));
    const kinds = [
        ['in a line', places.filter((place) => !isProse(place)), new Set(), 0],
        ['in prose', places.filter(isProse), PROSE, 1],
    ];
    for (const [kind, places, mayAdd, turn] of kinds) {
        const expected = new Map();
        await inTabs([await render(replaced(plan, places, () => HARMLESS))], async (tab, files) => {
            for (const file of files) expected.set(basename(file), await contents(tab, file));
        });
        await inTabs(vectors, async (tab, [nr, vector]) => {
            // Parsing GFM is slow, so each text gets a Markdown document for one of the two kinds.
            const views = nr % 2 === turn ? PAGES_AND_PLAN : PAGES;
            const files = await render(replaced(plan, places, () => vector), [], views);
            // All documents are parsed, but only one page is opened, in turn.
            const pages = files.filter((file) => file.endsWith('.html'));
            for (const file of files) {
                const found = await contents(tab, file, file === pages[nr % pages.length]);
                const problems = differences(found, expected.get(basename(file)), mayAdd);
                report(file, problems.map((problem) => `${JSON.stringify(vector)} ${kind}: ${problem}`));
            }
        });
    }

    const known = new Set(PROSE);
    await inTabs([await render(plan)], async (tab, files) => {
        for (const file of files) addKinds(await contents(tab, file), known);
    });
    await inTabs([...Array(MIXTURES).keys()], async (tab, round) => {
        const textFor = (nr) => VECTORS[(nr + round * Math.ceil(VECTORS.length / MIXTURES)) % VECTORS.length];
        const files = await render(mixed(plan, schema, textFor));
        for (const file of files) report(file, strangers(await contents(tab, file), known));
    });
}

/** Reports the effects of an element in a bad template that go unnoticed. */
async function badTemplate(tab, plan, render) {
    const options = ['--templates', fileURLToPath(new URL('bad/templates', import.meta.url))];
    const titled = (titel) => render({ ...plan, plan: { ...plan.plan, titel } }, options);
    const [harmless, hostile] = [await titled(HARMLESS), await titled('<script>alert(1)</script>')];
    const found = [];
    for (const [nr, file] of hostile.entries()) {
        found.push(...differences(await contents(tab, file), await contents(tab, harmless[nr]), PROSE));
    }
    const expected = ['dialog: 1', '1 × <script> instead of 0', '1 × <html> instead of 0'];
    const missed = expected.filter((problem) => !found.includes(problem));
    return missed.map((problem) => `not found: ‘${problem}’ in ${JSON.stringify(found)}`);
}

/** A predicate for the texts that are prose: those in which Markdown becomes an element. An address becomes one too. */
async function proseAmong(places, plan, tab, render) {
    const files = await render(replaced(plan, places, (nr) => `**veld-${nr}**`));
    const prose = new Set();
    for (const file of files.filter((file) => file.endsWith('.html'))) {
        await open(tab, file);
        const strong = await tab.page.evaluate(() => [...document.querySelectorAll('strong')].map((one) => one.textContent));
        for (const text of strong) {
            const nr = /^veld-(\d+)$/.exec(text)?.[1];
            if (nr !== undefined) prose.add(places[nr]);
        }
    }
    return (place) => prose.has(place) || place.path.at(-1) === 'url';
}

/** The contents of a document besides texts: the number of each kind, its addresses, and its actions when opened. */
export async function contents(tab, file, isOpened = true) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.md')) return contentsOfMarkdown(text);
    if (isOpened) await open(tab, file);
    const found = await tab.page.evaluate(contentsOfPage, isOpened ? undefined : text);
    return { ...found, did: isOpened ? [...tab.did] : [] };
}

// Runs in the browser, on the open page or on a text to parse as a page without opening it.
function contentsOfPage(text) {
    const page = text === undefined ? document : new DOMParser().parseFromString(text, 'text/html');
    // Counted in the browser, because a page has thousands of elements.
    const kinds = {};
    const looseKinds = {};
    const walker = page.createTreeWalker(page, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const isElement = node.nodeType === Node.ELEMENT_NODE;
        const kind = isElement ? [node.localName, ...node.getAttributeNames().sort()].join(' ') : `comment ${node.data}`;
        // Skip the wrapper that lets very long words break: it holds nothing but text.
        if (isElement && kind === 'span class' && node.className === 'long' && node.childElementCount === 0) continue;
        const into = node.parentElement?.closest('[aria-labelledby=openstaande-punten], figure, .decision') ? looseKinds : kinds;
        into[kind] = (into[kind] ?? 0) + 1;
    }
    const addresses = [...page.querySelectorAll('[href], [src], [action]')].flatMap((one) =>
        ['href', 'src', 'action'].flatMap((name) => one.getAttribute(name) ?? []),
    );
    return { kinds, looseKinds, addresses: [...new Set(addresses)] };
}

function contentsOfMarkdown(text) {
    const found = { kinds: {}, looseKinds: {}, addresses: [], did: [] };
    let isPoints = false;
    const tree = parseMarkdown(text);
    for (const block of tree.children) {
        if (block.type === 'heading' && block.depth <= 2) isPoints = /openstaande punten$/i.test(toString(block));
        visit(block, (node) => {
            if (node.type === 'text' || isAddressAsText(node)) return;
            const into = isPoints ? found.looseKinds : found.kinds;
            into[node.type] = (into[node.type] ?? 0) + 1;
            if (node.url !== undefined) found.addresses.push(node.url);
        });
    }
    return found;
}

// GitHub turns an address in a text into a link to that address, which is unavoidable and harmless.
function isAddressAsText(node) {
    const text = toString(node);
    return node.type === 'link' && [text, `http://${text}`, `mailto:${text}`].includes(node.url);
}

/** The differences between a document with hostile texts and the same document with harmless texts. */
export function differences(found, expected, mayAdd) {
    const [more, less] = [found.kinds, expected.kinds];
    const kinds = Object.keys({ ...more, ...less }).filter((kind) => !mayAdd.has(kind));
    const known = addKinds(expected, new Set());
    const addresses = new Set(mayAdd.has('a href') ? [] : expected.addresses);
    return [
        ...found.did,
        ...kinds
            .filter((kind) => more[kind] !== less[kind])
            .map((kind) => `${more[kind] ?? 0} × <${kind}> instead of ${less[kind] ?? 0}`),
        ...Object.keys(found.looseKinds)
            .filter((kind) => !known.has(kind))
            .map((kind) => `<${kind}> in a figure or among the open points`),
        ...found.addresses
            .filter((address) => !(mayAdd.has('a href') ? HARMLESS_ADDRESS.test(address) : addresses.has(address)))
            .map((address) => `a link to ${address}`),
    ];
}

/** The kinds in a document that are not among the known ones. */
function strangers(found, known) {
    return [
        ...found.did,
        ...[...addKinds(found, new Set())].filter((kind) => !known.has(kind)).map((kind) => `<${kind}>`),
        ...found.addresses.filter((address) => !HARMLESS_ADDRESS.test(address)).map((address) => `a link to ${address}`),
    ];
}

function addKinds({ kinds, looseKinds }, into) {
    for (const kind of Object.keys({ ...kinds, ...looseKinds })) into.add(kind);
    return into;
}
