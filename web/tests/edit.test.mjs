// The worked example: changed in every way and back again, from disk and from a server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { card, example, field, section } from './screens.mjs';

let chromium;
let server;
before(async () => ([chromium, server] = await Promise.all([browser.launch(), browser.serve()])));
after(() => Promise.all([chromium.close(), server.close()]));
const visit = browser.visits(() => chromium);

const text = async (page) => (await browser.kept(page)).at(-1).text;
const button = (inside, name) => inside.getByRole('button', { name });

for (const from of ['disk', 'server']) {
    test(`changes to the worked example, and undoing them, from ${from}`, { timeout: 120_000 }, async () => {
        const context = await browser.profile(chromium);
        const page = await browser.open(context, from === 'disk' ? browser.disk : server.address);
        await example(page);
        const original = browser.readText('examples/psycho-educatie.yaml');
        assert.equal(await text(page), original);

        // A goal's term, typed letter by letter, is one step.
        await section(page, 'implementatiedoelen');
        const goal = await card(page, 'Schuldhulpverleners passen Psycho-educatie toe');
        const term = goal.locator('input[data-path$=\'"termijn"]\']');
        await term.fill('');
        await term.pressSequentially('5 maanden', { delay: 20 });
        await browser.settled(page);
        assert.match(await text(page), /termijn: 5 maanden/);

        // A group's name, everywhere.
        await section(page, 'betrokken_groepen');
        const group = await card(page, 'Schuldhulpverleners');
        await button(group, 'Hernoemen').click();
        const name = group.locator('.ask input');
        await name.fill('Budgetcoaches');
        await name.press('Enter');
        await browser.settled(page);
        assert.match(await text(page), /^ {2}budgetcoaches:/m);
        assert.doesNotMatch(await text(page), /groep: schuldhulpverleners/);

        // A strategy that is named elsewhere: the page asks first.
        await section(page, 'implementatiestrategieen');
        const strategies = page.locator('#main .card').filter({ has: page.locator('.foot') });
        const strategy = page.locator('#main [id="v.implementatiestrategieen.strategieen"] > .card').first();
        const heading = await strategy.locator('.card-name').first().textContent();
        await strategy.locator('summary').first().click();
        await button(strategy.locator('> details > .foot'), 'Verwijderen').click();
        await browser.settled(page);
        const ask = page.locator('#main .ask');
        if (await ask.count()) await ask.locator('button.main').click();
        await browser.settled(page);
        assert.equal(await page.locator('#main .card-name', { hasText: heading }).count(), 0);
        assert.ok((await strategies.count()) > 0);

        // An activity, one place down.
        await section(page, 'planning_en_budget');
        const list = page.locator('#main [id="v.planning_en_budget.activiteiten"]');
        const names = () => list.locator('> .card > details > summary .card-name').allTextContents();
        const before = await names();
        await list.locator('> .card > details > summary').first().click();
        await button(list.locator('> .card').first().locator('> details > .foot'), 'Omlaag').click();
        await browser.settled(page);
        assert.deepEqual(await names(), [before[1], before[0], ...before.slice(2)]);
        const changed = await text(page);

        // Back by the keyboard, one step for each change.
        for (let step = 0; step < 4; step += 1) await page.keyboard.press('Control+z');
        await browser.settled(page);
        assert.equal(await text(page), original);
        assert.equal(await page.getAttribute('#undo', 'aria-disabled'), 'true');
        const { bytes } = await browser.saved(page);
        assert.ok(bytes.equals(Buffer.from(original)));

        // And forth, by the button.
        for (let step = 0; step < 4; step += 1) await page.click('#redo');
        await browser.settled(page);
        assert.equal(await text(page), changed);
        assert.deepEqual(context.did, []);
        await context.close();
    });
}

test('typing keeps the caret, and shows what was read and found', { timeout: 60_000 }, visit(async (page) => {
    await example(page);
    await section(page, 'plan');
    const start = field(page, 'plan', 'start');
    await start.fill('31-11-2026');
    await start.evaluate((input) => input.setSelectionRange(2, 2));
    await browser.settled(page);
    const question = start.locator('xpath=ancestor::div[contains(@class, "q")][1]');
    assert.equal(await question.locator('.finding.is-fout').count(), 1);
    assert.equal(await start.getAttribute('aria-invalid'), 'true');
    assert.equal(await start.evaluate((input) => document.activeElement === input && input.selectionStart), 2);
    await start.fill('1-12-2026');
    await browser.settled(page);
    assert.equal(await question.locator('.finding.is-fout').count(), 0);
    assert.match(await question.locator('.read').textContent(), /1 december 2026/);
}));
