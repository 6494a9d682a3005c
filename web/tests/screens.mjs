// The ways through the page that several tests need. They use what a user sees and hears: words and roles.

import { settled } from './browser.mjs';

/** Opens the worked example. */
export async function example(page) {
    await page.click('[data-do*=\'"example"\']');
    await page.waitForSelector('#sections a', { state: 'attached' });
    await settled(page);
}

/** The events that show each screen of the open plan, by name: the links say them. */
export async function screens(page) {
    const links = await page.$$eval('#bar nav a[data-do], #sections a[data-do], #main .list a[data-do]', (links) => links.map((link) => link.dataset.do));
    const shows = [...new Set(links)].map((text) => JSON.parse(text)).filter((event) => event.do === 'show');
    return shows.map((event) => ({ name: event.key ?? event.screen, event }));
}

/** Goes to a screen by its link. From a screen without a list of the parts, that is by way of the overview. */
export async function go(page, { event }) {
    const press = (wanted) =>
        page.evaluate((wanted) => {
            const links = [...document.querySelectorAll('#bar a[data-do], #sections a[data-do], #main .list a[data-do]')];
            const link = links.find((link) => JSON.stringify(JSON.parse(link.dataset.do)) === JSON.stringify(wanted));
            link?.click();
            return Boolean(link);
        }, wanted);
    if (!(await press(event))) {
        await press({ do: 'show', screen: 'plan' });
        if (!(await press(event))) throw new Error(`no link to ${JSON.stringify(event)}`);
    }
    await settled(page);
}

/** Goes to the part of the plan with that key. */
export function section(page, key) {
    return go(page, { event: { do: 'show', screen: 'section', key } });
}

/** Opens a card by the name of its thing. */
export async function card(page, name) {
    const summary = page.locator('#main .card > details > summary', { hasText: name }).first();
    const details = summary.locator('..');
    if (!(await details.evaluate((details) => details.open))) await summary.click();
    return details;
}

/** The control of a path. */
export function field(page, ...path) {
    return page.locator(`#main [data-path='${JSON.stringify(path)}']`);
}
