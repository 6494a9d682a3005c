// Chromium, and a record of everything a page does in it: requests, scripts, console messages, dialogs.

import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const TABS = 3;

export function launch() {
    return chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });
}

/** Opens a tab. `policy: false` bypasses the page's own Content-Security-Policy, to test the page without it. */
export async function tab(browser, { policy = true } = {}) {
    const context = await browser.newContext({ bypassCSP: !policy, viewport: { width: 1280, height: 900 } });
    // Requests are recorded, but never leave this machine.
    await context.route(/^(?!file:)/, (route) => route.abort());
    const page = await context.newPage();
    const debug = await context.newCDPSession(page);
    const tab = { page, did: [], address: '' };

    page.on('request', (request) => {
        if (request.url() !== tab.address) tab.did.push(`request: ${request.method()} ${request.url().slice(0, 200)}`);
    });
    page.on('console', (message) => tab.did.push(`console: ${message.type()}: ${message.text().slice(0, 300)}`));
    page.on('pageerror', (error) => tab.did.push(`script error: ${error.message}`));
    page.on('dialog', async (dialog) => {
        tab.did.push(`dialog: ${dialog.message()}`);
        await dialog.dismiss().catch(() => {});
    });
    page.on('popup', (popup) => tab.did.push(`popup: ${popup.url()}`));
    debug.on('Debugger.scriptParsed', ({ url, embedderName }) => {
        if (url || embedderName) tab.did.push(`script: ${(url || embedderName).slice(0, 200)}`);
    });
    await debug.send('Debugger.enable');
    tab.watchScripts = (on) => debug.send(on ? 'Debugger.enable' : 'Debugger.disable');
    return tab;
}

/** Opens a file and returns everything that the page did. */
export async function open(tab, file) {
    tab.did = [];
    tab.address = pathToFileURL(file).href;
    await tab.page.goto(tab.address, { waitUntil: 'load' });
    return tab.did;
}

/** Processes the items in a few parallel workers, each with its own tab. */
export async function eachInTabs(browser, items, options, work) {
    const queue = [...items];
    const worker = async () => {
        const own = await tab(browser, options);
        for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(own, item);
        await own.page.context().close();
    };
    await Promise.all(Array.from({ length: Math.min(TABS, queue.length) }, worker));
}
