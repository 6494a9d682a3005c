// Large plans: usable, and no step takes longer than in proportion to the plan.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { go, screens, section } from './screens.mjs';

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());

/** The worked example with that many more groups, goals, barriers, strategies and activities, all connected. */
function grown(count) {
    const numbers = Array.from({ length: count }, (_, nr) => nr + 1);
    const more = {
        betrokken_groepen: (nr) => `  groep-${nr}: {naam: Groep ${nr}, rol: uitvoerder, belang: veel, invloed: veel, betrekken: Zij doen mee.}`,
        implementatiedoelen: (nr) => `  doel-${nr}: {groep: groep-${nr}, resultaten: Zij doen het., norm: 80%, termijn: 6 maanden}`,
    };
    const nested = {
        '  factoren:': (nr) => `    factor-${nr}: {naam: Weinig tijd ${nr}, groep: groep-${nr}, richting: belemmerend, invloed: 3, veranderbaar: ja}`,
        '  strategieen:': (nr) => `    strategie-${nr}: {naam: Oefenen ${nr}, belemmeringen: factor-${nr}, inzet: {groep-${nr}: [acceptatie]}, eigenaar: trekker}`,
        '  activiteiten:': (nr) => `    activiteit-${nr}: {naam: Oefendag ${nr}, strategieen: strategie-${nr}, start: 2027-03-01, einde: 2027-10-29, eigenaar: trekker, inzet: {groep-${nr}: {personen: 6, uren: 12}}}`,
    };
    const lines = browser.readText('examples/psycho-educatie.yaml').split('\n');
    return lines
        .flatMap((line) => {
            const make = more[/^(\w+):$/.exec(line)?.[1]] ?? nested[line];
            return make ? [line, ...numbers.map(make)] : [line];
        })
        .join('\n');
}

/** The milliseconds from an edit to its patches on the page: the middle one of several. */
function editing(page) {
    return page.evaluate(() => {
        const field = document.querySelector('#main [data-path=\'["plan","titel"]\']');
        const times = [];
        for (let round = 0; round < 5; round += 1) {
            field.value = `Titel ${round}`;
            const start = performance.now();
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
            times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b)[2];
    });
}

async function measure(context, text) {
    const page = await browser.open(context);
    await browser.openText(page, text);
    await page.waitForSelector('#sections a');
    const shown = {};
    for (const key of ['betrokken_groepen', 'planning_en_budget', 'plan']) {
        const start = Date.now();
        await section(page, key);
        shown[key] = Date.now() - start;
    }
    const edit = await editing(page);
    await page.close({ runBeforeUnload: false });
    return { size: text.length, edit, ...shown };
}

test('twenty groups and more: time grows no faster than the plan', { timeout: 240_000 }, async () => {
    const context = await browser.profile(chromium);
    const figures = [];
    for (const count of [20, 80]) figures.push(await measure(context, grown(count)));
    console.log(figures);
    const [small, large] = figures;
    const growth = large.size / small.size;
    for (const step of ['edit', 'betrokken_groepen', 'planning_en_budget']) {
        const ratio = large[step] / small[step];
        // With room for noise: a square would be four to sixteen times as much.
        assert.ok(ratio < growth * 2.5, `${step}: ${ratio.toFixed(1)} times as long for a plan ${growth.toFixed(1)} times as large`);
    }
    assert.deepEqual(context.did, []);
    await context.close();
});

test('a plan of two mebibytes can be opened, changed and saved', { timeout: 240_000 }, async () => {
    const context = await browser.profile(chromium);
    const page = await browser.open(context);
    const comment = `# ${'Een lange toelichting. '.repeat(40)}\n`;
    const text = browser.readText('examples/psycho-educatie.yaml');
    const large = text + comment.repeat(Math.floor((2 * 1024 * 1024 - text.length - 4096) / comment.length));
    await browser.openText(page, large);
    await page.waitForSelector('#sections a', { timeout: 60_000 });
    await section(page, 'plan');
    await page.locator('#main [data-path=\'["plan","titel"]\']').fill('Groot');
    await browser.settled(page);
    await page.waitForFunction(() => document.getElementById('save-state').textContent.includes('bewaard'));
    const { bytes } = await browser.saved(page);
    assert.equal(bytes.toString(), large.replace(/(\n {2}titel: ).*/, '$1Groot'));
    for (const screen of (await screens(page)).filter(({ name }) => name === 'text')) await go(page, screen);
    assert.equal(await page.locator('[data-text]').evaluate((box) => box.value.length), bytes.toString().length);
    assert.deepEqual(context.did, []);
    await context.close();
});

test('opening from disk', { timeout: 60_000 }, async () => {
    const times = [];
    for (let round = 0; round < 3; round += 1) {
        const context = await browser.profile(chromium);
        const start = Date.now();
        await browser.open(context);
        times.push(Date.now() - start);
        await context.close();
    }
    console.log('opening from disk, in milliseconds:', times);
    assert.ok(Math.min(...times) < 3000);
});
