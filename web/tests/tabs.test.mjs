// Two tabs on one plan: one writes, the other follows and can take over.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { example, field, section } from './screens.mjs';

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());

const banner = '#notes [data-note="tabs"]';
const title = (page) => field(page, 'plan', 'titel');

async function two(context) {
    const first = await browser.open(context);
    await example(first);
    await section(first, 'plan');
    const second = await browser.open(context);
    await second.getByRole('button', { name: /^Ga verder/ }).click();
    await second.waitForSelector(banner);
    await section(second, 'plan');
    return [first, second];
}

test('the second tab follows the first, and takes over without loss', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    const [first, second] = await two(context);
    assert.ok(await title(second).evaluate((input) => input.readOnly));
    await title(first).fill('Uit het eerste');
    await second.waitForFunction(() => document.querySelector('#main [data-path=\'["plan","titel"]\']')?.value === 'Uit het eerste');

    // What was typed just before is not lost.
    await title(first).pressSequentially('!');
    await second.locator(banner).getByRole('button').click();
    await second.waitForSelector(banner, { state: 'detached' });
    await first.waitForSelector(banner);
    assert.equal(await title(second).inputValue(), 'Uit het eerste!');
    assert.ok(await title(second).evaluate((input) => !input.readOnly));
    assert.ok(await title(first).evaluate((input) => input.readOnly));
    await title(second).fill('Uit het tweede');
    await first.waitForFunction(() => document.querySelector('#main [data-path=\'["plan","titel"]\']')?.value === 'Uit het tweede');

    // The writer closes: the other one may write.
    await second.close();
    await first.waitForSelector(banner, { state: 'detached' });
    await title(first).fill('Weer het eerste');
    await browser.settled(first);
    assert.match((await browser.kept(first))[0].text, /titel: Weer het eerste/);
    assert.deepEqual(context.did, []);
    await context.close();
});

test('a tab that does not answer loses the plan', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    const [first, second] = await two(context);
    const debug = await context.newCDPSession(first);
    await debug.send('Debugger.enable');
    await debug.send('Debugger.pause');
    // The pause begins with the next script.
    first.evaluate(() => 1).catch(() => {});
    await second.locator(banner).getByRole('button').click();
    await second.waitForSelector(banner, { state: 'detached', timeout: 10_000 });
    await title(second).fill('Overgenomen');
    await browser.settled(second);
    await debug.send('Debugger.resume').catch(() => {});
    await first.waitForSelector(banner);
    assert.deepEqual(context.did, []);
    await context.close();
});
