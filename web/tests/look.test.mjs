// Every screen, in both languages, at several widths, in the light and in the dark: no violation that axe-core finds, nothing wider
// than the window, and no control that is covered or too small.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { example, go, screens } from './screens.mjs';

/** Where pictures go, if anybody wants to look at them. */
const PICTURES = process.env.PICTURES;

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());

function sideways(page) {
    return page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
        return [`${scrollWidth - clientWidth} px too wide: ${wide.slice(-1).map((element) => element.outerHTML.slice(0, 160))}`];
    });
}

const looks = [
    { name: 'light-1280', width: 1280, rules: browser.ALL_RULES },
    // Only colours differ in the dark.
    { name: 'dark-1280', width: 1280, dark: true, rules: ['color-contrast'] },
    { name: 'light-320', width: 320, rules: browser.ALL_RULES },
    // As wide as half of 1280 pixels: what remains at 200% zoom.
    { name: 'english-640', width: 640, language: 'en-GB', rules: browser.ALL_RULES },
    { name: 'light-768', width: 768 },
    { name: 'dark-390', width: 390, dark: true },
];

for (const look of looks) {
    test(`screens: ${look.name}`, { timeout: 240_000 }, async () => {
        const context = await browser.profile(chromium, look);
        const page = await browser.open(context);
        const wrong = [];
        const check = async (name) => {
            const found = [...(await sideways(page)), ...(look.rules ? await browser.violations(page, look.rules) : [])];
            wrong.push(...found.map((text) => `${name}: ${text}`));
            if (PICTURES) {
                mkdirSync(PICTURES, { recursive: true });
                await page.screenshot({ path: `${PICTURES}/${name}-${look.name}.png` });
            }
        };
        await check('start');
        await page.click('[data-do*=\'"new_form"\']');
        await check('new');
        await page.click('#main [data-do*=\'"start"\']');
        await example(page);
        for (const screen of await screens(page)) {
            await go(page, screen);
            await page.$$eval('#main .cards', (lists) => lists.forEach((list) => list.querySelector('details')?.setAttribute('open', '')));
            await check(screen.name === 'plan' && screen.event.screen === 'plan' ? 'overview' : screen.name);
        }
        await context.close();
        assert.deepEqual(wrong, []);
        assert.deepEqual(context.did, []);
    });
}

test('a screen on paper has the questions and answers, and no buttons', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    const page = await browser.open(context);
    await example(page);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.$$eval('#bar, #sections, #aside, .row-buttons, .steps', (parts) => parts.filter((part) => part.checkVisibility()).length);
    assert.equal(shown, 0);
    assert.ok(await page.isVisible('#main h1'));
    const pdf = await page.pdf();
    assert.ok(pdf.length > 10_000);
    await context.close();
});
