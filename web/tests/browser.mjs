// Chromium with the page in it, from disk and from a server, and a record of what the page does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const PAGE = fileURLToPath(new URL('../dist/planmaker.html', import.meta.url));
export const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
export const readText = (path) => readFileSync(root(path), 'utf8');

export function launch() {
    return chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
}

/** Serves the page. */
export async function serve() {
    const server = createServer((request, response) => {
        const isPage = request.url === '/';
        response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html' });
        response.end(isPage ? readFileSync(PAGE) : '');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export const disk = pathToFileURL(PAGE).href;

/** A window of its own, with an empty store. `files` says whether the browser can write files. */
export async function profile(browser, { language = 'nl-NL', width = 1280, height = 900, dark = false, files = false } = {}) {
    const context = await browser.newContext({
        locale: language,
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        acceptDownloads: true,
    });
    context.setDefaultTimeout(15_000);
    context.did = [];
    await context.route('**', (route) => {
        const { url } = { url: route.request().url() };
        if (url === disk || url === context.address || /^(data|blob):/.test(url)) return route.continue();
        context.did.push(`request: ${url.slice(0, 200)}`);
        return route.abort();
    });
    if (!files) {
        await context.addInitScript(() => {
            delete window.showSaveFilePicker;
            delete window.showOpenFilePicker;
        });
    }
    return context;
}

/** Opens the page in a tab and waits until it can be used. */
export async function open(context, address = disk) {
    context.address = address.split('#')[0];
    const page = await context.newPage();
    page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) context.did.push(`console: ${message.text().slice(0, 300)}`);
    });
    page.on('pageerror', (error) => context.did.push(`script error: ${error.message}`));
    await page.goto(address);
    await ready(page);
    return page;
}

/** Makes tests of the page in a window of its own, which ask afterwards that it made no request and reported no mistake. */
export function visits(chromium) {
    return (body, options) => async () => {
        const context = await profile(chromium(), options);
        const page = await open(context);
        await body(page, context);
        assert.deepEqual(context.did, []);
        await context.close();
    };
}

export function ready(page) {
    return page.waitForSelector('html[data-ready]', { state: 'attached' });
}

/** Opens the text of a plan as a file. */
export async function openText(page, text, name = 'plan.yaml') {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('[data-script="open"]')]);
    await chooser.setFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
}

/** Saves as a download and returns its bytes. */
export async function saved(page) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The plans that the browser keeps. */
export function kept(page) {
    return page.evaluate(
        () =>
            new Promise((resolve) => {
                const request = indexedDB.open('planmaker');
                request.onsuccess = () => {
                    const all = request.result.transaction('plans').objectStore('plans').getAll();
                    all.onsuccess = () => resolve(all.result.map(({ id, text, title, changes }) => ({ id, text, title, changes })));
                };
            }),
    );
}

/** Waits until what was typed is handled and kept. */
export async function settled(page) {
    // Longer than the page waits after the last key.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 160)));
    await page.waitForFunction(() => document.querySelector('[data-note="keeps"]') || (document.getElementById('save-state')?.dataset.kept ?? 'true') === 'true');
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds on the page. */
export async function violations(page, rules = ALL_RULES) {
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
    const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, iframes: false, resultTypes: ['violations'] }), rules);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary?.slice(0, 200)}`);
}
