// Large plans: usable, and no step takes longer than in proportion to the plan.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { go, screens, section } from './screens.mjs';

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());
const visit = browser.visits(() => chromium);

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

/** The milliseconds from an edit, and from a click on a section, until the page shows it: the least of several. */
function measure(page, keys) {
    return page.evaluate((keys) => {
        const least = (act) => {
            const times = Array.from({ length: 5 }, (_, round) => {
                const start = performance.now();
                act(round);
                return performance.now() - start;
            });
            return Math.round(Math.min(...times));
        };
        const go = (key) => document.querySelector(`#sections a[data-do*='"key":"${key}"']`).click();
        const shown = Object.fromEntries(
            keys.map((key) => [
                key,
                least(() => {
                    go('literatuur');
                    go(key);
                }),
            ]),
        );
        go('plan');
        const field = document.querySelector('#main [data-path=\'["plan","titel"]\']');
        const edit = least((round) => {
            field.value = `Titel ${round}`;
            // Leaving the field sends what was typed at once.
            for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
        });
        return { edit, ...shown };
    }, keys);
}

test('twenty groups and more: time grows no faster than the plan', { timeout: 240_000 }, async () => {
    const context = await browser.profile(chromium);
    const figures = [];
    for (const count of [20, 100]) {
        const page = await browser.open(context);
        const text = grown(count);
        await browser.openText(page, text);
        await page.waitForSelector('#sections a');
        figures.push({ size: text.length, ...(await measure(page, ['betrokken_groepen', 'planning_en_budget'])) });
        await page.close({ runBeforeUnload: false });
    }
    console.log('milliseconds:', figures);
    const [small, large] = figures;
    const groups = 120 / 40;
    for (const step of ['edit', 'betrokken_groepen', 'planning_en_budget']) {
        const ratio = large[step] / small[step];
        // With room for noise: three times as many groups may not take nine times as long.
        assert.ok(ratio < groups * 2, `${step}: ${ratio.toFixed(1)} times as long for a plan with ${groups} times as much`);
    }
    assert.deepEqual(context.did, []);
    await context.close();
});

test('a plan of two mebibytes can be opened, changed and saved', { timeout: 240_000 }, visit(async (page) => {
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
}));

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
