// Ways through the page that are not about one question: small screens, documents, languages, help.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { example, field, go, section } from './screens.mjs';

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());
const visit = browser.visits(() => chromium);

test('on a phone the sides fold away', { timeout: 60_000 }, visit(async (page) => {
    await example(page);
    await section(page, 'betrokken_groepen');
    const list = page.locator('#sections > .list');
    const menu = page.locator('[data-script="menu"]');
    assert.ok(!(await list.isVisible()));
    await menu.click();
    assert.ok(await list.isVisible());
    assert.equal(await menu.getAttribute('aria-expanded'), 'true');
    await list.getByRole('link', { name: /Borging/ }).click();
    await page.waitForFunction(() => document.querySelector('#main h1').textContent === 'Borging');
    assert.ok(!(await list.isVisible()));
    assert.equal(await menu.getAttribute('aria-expanded'), 'false');

    const panel = page.locator('#aside');
    const open = page.locator('[data-script="sheet"]');
    assert.ok(!(await panel.isVisible()));
    await open.focus();
    await page.keyboard.press('Enter');
    assert.ok(await panel.isVisible());
    assert.ok(await page.evaluate(() => document.getElementById('aside').contains(document.activeElement) && document.getElementById('main').inert));
    await page.keyboard.press('Escape');
    assert.ok(!(await panel.isVisible()));
    assert.ok(await open.evaluate((button) => document.activeElement === button));
}, { width: 390, height: 800 }));

test('documents are shown, kept as files and printed', { timeout: 120_000 }, visit(async (page) => {
    await example(page);
    await go(page, { event: { do: 'show', screen: 'documents' } });
    const frame = page.frameLocator('iframe[data-preview]');
    await frame.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getAttribute('iframe[data-preview]', 'sandbox'), 'allow-same-origin allow-modals');
    const style = await frame.locator('body').evaluate((body) => getComputedStyle(body).fontFamily);
    assert.match(style, /Segoe UI/);

    const begins = { docx: 'PK', odt: 'PK', xlsx: 'PK', html: '<!DOCTYPE', md: '#', ics: 'BEGIN:VCALENDAR' };
    const forms = await page.$$eval('[data-script="download"]', (buttons) => buttons.map((button) => JSON.parse(button.dataset.args).form));
    assert.ok(['docx', 'html', 'xlsx', 'ics'].every((form) => forms.includes(form)), forms.join());
    for (const form of forms) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-script="download"][data-args*='"${form}"']`)]);
        assert.match(download.suggestedFilename(), new RegExp(`\\.${form}$`));
        const bytes = readFileSync(await download.path());
        assert.ok(bytes.length > 500, form);
        assert.ok(bytes.toString('latin1').trimStart().toLowerCase().startsWith((begins[form] ?? '').toLowerCase()) || form === 'md', form);
    }

    // Another view replaces the preview.
    await page.check('#document [value="rode-draad"]');
    await frame.locator('h1, h2', { hasText: /rode draad/i }).first().waitFor();
    const printed = page.evaluate(
        () =>
            new Promise((resolve) => {
                document.querySelector('iframe[data-preview]').contentWindow.print = () => resolve(true);
            }),
    );
    await page.click('[data-script="print"]');
    assert.ok(await printed);
}));

test('the language of the page changes everywhere, and is remembered', { timeout: 60_000 }, visit(async (page, context) => {
    await example(page);
    await section(page, 'borging');
    await page.click('#bar .language');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    assert.equal(await page.textContent('#save'), 'Save');
    assert.match(await page.textContent('#save-state'), /No file yet/);
    assert.equal(await page.textContent('#skip'), 'Skip to the questions');
    const other = await browser.open(context);
    assert.equal(await other.evaluate(() => document.documentElement.lang), 'en');
    assert.ok(await other.getByText('Kept in this browser', { exact: false }).or(other.locator('h1')).first().isVisible());
}));

test('the explanation follows the question, and a calendar writes a date', { timeout: 60_000 }, visit(async (page) => {
    await example(page);
    await section(page, 'plan');
    const before = await page.textContent('#aside');
    await section(page, 'implementatiestrategieen');
    await page.locator('#main summary').first().focus();
    await page.waitForFunction((before) => document.getElementById('aside').textContent !== before, before);

    await section(page, 'plan');
    const start = field(page, 'plan', 'start');
    await page.evaluate(() => (HTMLInputElement.prototype.showPicker = () => {}));
    await page.locator('[data-date="v.plan.start"]').click();
    await page.evaluate(() => {
        const calendar = document.querySelector('[data-date="v.plan.start"]').parentElement.querySelector('[type="date"]');
        calendar.value = '2027-02-01';
        calendar.dispatchEvent(new Event('change'));
    });
    await browser.settled(page);
    assert.equal(await start.inputValue(), '1 februari 2027');
}));

test('signs of Markdown go around what is selected', { timeout: 60_000 }, async () => {
    const context = await browser.profile(chromium);
    const page = await browser.open(context);
    await example(page);
    await section(page, 'plan');
    const prose = field(page, 'plan', 'aanleiding');
    await prose.fill('een woord\nnog een');
    await prose.evaluate((box) => box.setSelectionRange(4, 9));
    const question = prose.locator('xpath=ancestor::div[contains(@class, "q")][1]');
    await question.locator('[data-md="bold"]').click();
    assert.equal(await prose.inputValue(), 'een **woord**\nnog een');
    await prose.evaluate((box) => box.setSelectionRange(0, box.value.length));
    await question.locator('[data-md="list"]').click();
    assert.equal(await prose.inputValue(), '- een **woord**\n- nog een');
    await browser.settled(page);
    assert.match((await browser.kept(page))[0].text, /- een \*\*woord\*\*/);
    await context.close();
});

test('a source of the plan can be chosen to cite it', { timeout: 60_000 }, visit(async (page) => {
    await example(page);
    await section(page, 'beschrijving_interventie');
    const question = page.locator('#main .q:has(.marks)').first();
    const prose = question.locator('textarea');
    await prose.fill('Zie ');
    await question.getByRole('button', { name: /bron/i }).click();
    const dialog = page.getByRole('dialog');
    assert.deepEqual(await browser.violations(page), []);
    await dialog.getByRole('button', { name: 'Annuleren' }).click();
    assert.equal(await prose.inputValue(), 'Zie ');
    await question.getByRole('button', { name: /bron/i }).click();
    const first = await page.$eval('#sources option', (option) => [option.value, option.textContent]);
    await dialog.getByRole('button', { name: first[1], exact: true }).click();
    assert.equal(await prose.inputValue(), `Zie [@${first[0]}]`);
}));

test('answers for a new plan do not go without a question', { timeout: 60_000 }, visit(async (page) => {
    const title = page.getByRole('textbox').first();
    const cancel = page.locator('#main').getByRole('button', { name: 'Annuleren' });
    await page.click('[data-do*=\'"new_form"\']');
    await title.fill('Bijna klaar');
    await cancel.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Annuleren' }).click();
    assert.equal(await title.inputValue(), 'Bijna klaar');
    await cancel.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stoppen' }).click();
    await page.waitForSelector('#main[data-screen="start"]');
    // Without answers there is nothing to ask.
    await page.click('[data-do*=\'"new_form"\']');
    await cancel.click();
    await page.waitForSelector('#main[data-screen="start"]');
}));
