// node tests/manual/check.mjs FOLDER…: checks built books. Every link and picture leads somewhere within the book, pages are
// accessible according to axe-core, light and dark and on a narrow screen, and they fetch nothing from a network.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { eachInTabs, launch } from '../pages/browser.mjs';
import { WAYS, access } from '../pages/validators/access.mjs';

const MAX_SHOWN = 20;
/** Long pages with the same elements as others: only their links are checked. */
const LINKS_ONLY = ['print.html', 'regels.html', 'rules.html', 'toc.html'];

const anchors = new Map();

/** The ids on a page. */
function idsOf(file) {
    if (!anchors.has(file)) {
        const ids = readFileSync(file, 'utf8').matchAll(/\b(?:id|name)="([^"]+)"/g);
        anchors.set(file, new Set(Array.from(ids, ([, id]) => id)));
    }
    return anchors.get(file);
}

/** Links within a book that lead nowhere. Those to elsewhere must be to https, and are not fetched. */
function brokenLinks(file) {
    const problems = [];
    const text = readFileSync(file, 'utf8').replace(/<script[\s\S]*?<\/script>/g, '');
    for (const [, link] of text.matchAll(/<(?:a|img|link)\b[^>]*?\b(?:href|src)="([^"]*)"/g)) {
        const address = new URL(link.replaceAll('&amp;', '&'), pathToFileURL(file));
        if (address.protocol === 'https:') continue;
        if (address.protocol !== 'file:') {
            problems.push(`link to ${link}`);
            continue;
        }
        const target = fileURLToPath(new URL(address.pathname, 'file://'));
        const id = decodeURIComponent(address.hash.slice(1));
        if (!existsSync(target) || !statSync(target).isFile()) problems.push(`no file for ${link}`);
        else if (id && target.endsWith('.html') && !idsOf(target).has(id)) problems.push(`no such place: ${link}`);
    }
    return problems;
}

function pages(folder) {
    const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
    return files.filter((file) => file.endsWith('.html')).sort();
}

const books = process.argv.slice(2).map((folder) => resolve(folder));
const browser = await launch();
let total = 0;
for (const book of books) {
    const start = Date.now();
    const report = (file, problems) => {
        total += problems.length;
        for (const problem of problems.slice(0, MAX_SHOWN)) console.log(`${relative(book, file)}: ${problem}`);
    };
    const files = pages(book);
    for (const file of files) report(file, brokenLinks(file));
    const shown = files.filter((file) => !LINKS_ONLY.includes(relative(book, file)));
    await eachInTabs(browser, shown, {}, async (tab, file) => {
        tab.did = [];
        await tab.page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
        const outside = tab.did.filter((did) => /^request: \S+ (?!file:|data:)/.test(did));
        await tab.watchScripts(false);
        report(file, [...outside, ...(await access(tab, WAYS))]);
        await tab.watchScripts(true);
    });
    console.log(`${book}: ${files.length} pages checked in ${((Date.now() - start) / 1000).toFixed(0)} s`);
}
await browser.close();
if (total > 0) {
    console.log(`${total} problems`);
    process.exit(1);
}
