// Files: kept byte for byte, opened broken or not at all, saved where the browser can write, and there again after closing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { example, field, go, section } from './screens.mjs';

let chromium;
let server;
before(async () => ([chromium, server] = await Promise.all([browser.launch(), browser.serve()])));
after(() => Promise.all([chromium.close(), server.close()]));
const visit = browser.visits(() => chromium);

const text = async (page) => (await browser.kept(page)).at(-1)?.text;
const state = (page) => page.textContent('#save-state');

/** A plan as somebody writes it by hand, with a byte order mark and the line ends of Windows. */
const BY_HAND = [
    '\u{feff}# Ons plan   ',
    'versie: 1',
    '',
    'plan:   # kop',
    "    'titel' :  \"Op \\u0063ursus\"     # werktitel",
    '    interventie: >-',
    '        De',
    '        cursus',
    '    organisaties: [ "A" ,B ]',
    'betrokken_groepen: {  docenten: {rol: uitvoerder, belang: veel, invloed: veel}  , }',
    '# slot',
    '',
].join('\r\n');

test('a change leaves the rest of a file as it is', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    const page = await browser.open(context);
    await browser.openText(page, BY_HAND, 'ons plan.yaml');
    await page.waitForSelector('#main h1');
    await section(page, 'plan');
    await field(page, 'plan', 'titel').fill('Op weg');
    await browser.settled(page);
    const { bytes, name } = await browser.saved(page);
    assert.equal(name, 'ons plan.yaml');
    const expected = BY_HAND.replace('"Op \\u0063ursus"', '"Op weg"');
    assert.equal(bytes.toString().replace(/'?"?Op weg'?"?/, '"Op weg"'), expected);
    await page.waitForFunction(() => document.getElementById('save-state').textContent.startsWith('Opgeslagen'));

    // The text box of the text tab knows no CRLF.
    await go(page, { event: { do: 'show', screen: 'text' } });
    const box = page.locator('[data-text]');
    await box.evaluate((box) => {
        box.focus();
        box.setRangeText('# nieuw\n', box.value.indexOf('# slot'), box.value.indexOf('# slot'), 'end');
        box.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await browser.settled(page);
    assert.equal((await text(page)).replace(/'?"?Op weg'?"?/, '"Op weg"'), expected.replace('# slot', '# nieuw\r\n# slot'));
    await context.close();
});

test('a broken file opens in the text tab, and can be mended there', { timeout: 60_000 }, visit(async (page) => {
    await browser.openText(page, 'versie: 1\nplan:\n  titel: "Een begin\n  interventie: x\n');
    const box = page.locator('[data-text]');
    await box.waitFor();
    await browser.settled(page);
    assert.ok(await page.locator('.finding.is-fout').count());
    assert.match(await page.textContent('#text-lines'), /^1\s*2\s*3\s*4/);
    assert.ok(await page.locator('#text-lines mark').count());
    await page.locator('[data-line]').first().click();
    assert.ok(await box.evaluate((box) => document.activeElement === box));
    await box.fill('versie: 1\nplan:\n  titel: "Een begin"\n');
    await browser.settled(page);
    await section(page, 'plan');
    assert.equal(await field(page, 'plan', 'titel').inputValue(), 'Een begin');
}));

test('a file that is no plan changes nothing', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    const page = await browser.open(context);
    await browser.openText(page, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2]), 'foto.jpg');
    await page.waitForSelector('#notes .note.bad');
    assert.match(await page.textContent('#notes'), /foto\.jpg is geen plan/);
    assert.deepEqual(await browser.kept(page), []);
    assert.ok(await page.isVisible('[data-drop]'));
    await context.close();
});

for (const from of ['disk', 'server']) {
    test(`what was written is there after closing, from ${from}`, { timeout: 60_000 }, async () => {
        const context = await browser.profile(chromium);
        const address = from === 'disk' ? browser.disk : server.address;
        const page = await browser.open(context, address);
        await example(page);
        await section(page, 'plan');
        await field(page, 'plan', 'titel').fill('Later verder');
        await browser.settled(page);
        await page.close();

        const again = await browser.open(context, address);
        await again.getByRole('button', { name: /Ga verder ?: Later verder/ }).click();
        await again.waitForSelector('#save-state:not(:empty)');
        await section(again, 'plan');
        assert.equal(await field(again, 'plan', 'titel').inputValue(), 'Later verder');
        // The undo list is there too.
        await again.click('#undo');
        await browser.settled(again);
        assert.equal(await field(again, 'plan', 'titel').inputValue(), 'Psycho-educatie in de schuldhulpverlening');

        // Loading the page again shows the same screen.
        await section(again, 'borging');
        await again.reload();
        await browser.ready(again);
        await again.waitForFunction(() => document.querySelector('#main h1')?.textContent === 'Borging');
        await again.goBack();
        await again.waitForFunction(() => document.querySelector('#main h1')?.textContent === 'Voorblad');

        // Erasing asks first.
        await again.evaluate(() => document.querySelector('#bar .brand').click());
        await again.getByRole('button', { name: /Wis uit deze browser/ }).click();
        await again.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
        assert.equal((await browser.kept(again)).length, 1);
        await again.getByRole('button', { name: /Wis uit deze browser/ }).click();
        await again.getByRole('dialog').getByRole('button', { name: 'Wissen' }).click();
        await again.waitForFunction(() => !document.querySelector('[data-script="erase"]'));
        assert.deepEqual(await browser.kept(again), []);
        assert.deepEqual(context.did, []);
        await context.close();
    });
}

test('saving writes the file where the browser can, and says where the work is', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium, { files: true });
    // A file of the browser's own store behaves as one on disk, and needs no dialog.
    await context.addInitScript(() => {
        const file = async () => (await navigator.storage.getDirectory()).getFileHandle('ons-plan.yaml', { create: true });
        window.showSaveFilePicker = file;
        window.showOpenFilePicker = async () => [await file()];
    });
    const page = await browser.open(context, server.address);
    const onDisk = () =>
        page.evaluate(async () => (await (await (await navigator.storage.getDirectory()).getFileHandle('ons-plan.yaml')).getFile()).text());
    await example(page);
    assert.match(await state(page), /Nog geen bestand/);
    await page.click('#save');
    await page.waitForFunction(() => document.getElementById('save-state').textContent.startsWith('Opgeslagen'));
    assert.match(await state(page), /ons-plan\.yaml/);
    assert.equal(await onDisk(), browser.readText('examples/psycho-educatie.yaml'));
    await section(page, 'plan');
    await field(page, 'plan', 'titel').fill('Anders');
    await page.waitForFunction(() => /1 wijziging, wel bewaard/.test(document.getElementById('save-state').textContent));
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => document.getElementById('save-state').textContent.startsWith('Opgeslagen'));
    assert.match(await onDisk(), /titel: Anders/);

    // Somebody else writes the file: the page asks before it overwrites that.
    await page.evaluate(async () => {
        const handle = await (await navigator.storage.getDirectory()).getFileHandle('ons-plan.yaml');
        const stream = await handle.createWritable();
        await stream.write('versie: 1\nplan: {titel: Van een ander}\n');
        await stream.close();
    });
    await field(page, 'plan', 'titel').fill('Nog anders');
    await browser.settled(page);
    await page.click('#save');
    await page.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
    assert.match(await onDisk(), /Van een ander/);

    // Opening that file again, with work here that is not in it: the user chooses.
    await page.click('#bar .brand');
    await page.click('[data-script="open"]');
    const dialog = page.getByRole('dialog');
    const title = dialog.getByRole('listitem').filter({ hasText: 'Titel' });
    assert.equal(await title.count(), 0);
    await dialog.getByText('Bekijk de verschillen').click();
    assert.match(await title.innerText(), /Hier\s+Nog anders\s+In het bestand\s+Van een ander/);
    assert.deepEqual(await browser.violations(page), []);
    await dialog.getByRole('button', { name: 'Gebruik wat hier staat' }).click();
    await page.waitForSelector('#sections a');
    assert.match(await text(page), /Nog anders/);
    assert.deepEqual(context.did, []);
    await context.close();
});

test('leaving with unsaved work asks, and a browser that keeps nothing says so', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    await context.addInitScript(() => {
        IDBFactory.prototype.open = () => {
            throw new DOMException('', 'SecurityError');
        };
    });
    const page = await browser.open(context);
    await example(page);
    await page.waitForSelector('#notes .note.bad');
    assert.match(await page.textContent('#notes'), /Deze browser bewaart niets/);
    await section(page, 'plan');
    await field(page, 'plan', 'titel').fill('Weg?');
    await page.waitForTimeout(300);
    assert.match(await state(page), /nog niet bewaard/i);
    const [dialog] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.accept();
    await context.close();
});
