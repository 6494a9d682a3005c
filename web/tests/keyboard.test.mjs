// Somebody writes a plan by keyboard alone: what is in examples/minimaal.yaml, from the first questions to a saved file without a
// fout. Every step is a key.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());
const visit = browser.visits(() => chromium);

/** The most presses of Tab to a control. */
const FAR = 600;

/** Presses Tab, or Shift+Tab, until the control that has the focus is the wanted one. */
async function to(page, wanted, { back = false, what = wanted } = {}) {
    for (let press = 0; press < FAR; press += 1) {
        if (await page.evaluate(wanted)) return;
        await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    }
    const here = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
    assert.fail(`cannot reach ${what} by keyboard, from ${here}`);
}

const active = (condition) => `(() => { const it = document.activeElement; return ${condition}; })()`;
const withPath = (path) => active(`it.closest('[data-path]')?.dataset.path === ${JSON.stringify(JSON.stringify(path))} && it.matches('input, textarea, select')`);

/** Types an answer. */
async function type(page, path, text) {
    await to(page, withPath(path), { what: path.join('.') });
    await page.keyboard.type(text);
}

/** Chooses one: by the arrow keys where that is all one can choose. */
async function choose(page, path, value) {
    await to(page, withPath(path), { what: path.join('.') });
    if (await page.evaluate(active("it.type === 'checkbox'"))) return tick(page, path, value);
    await page.keyboard.press('Space');
    for (let press = 0; press < 40; press += 1) {
        if (await page.evaluate(active(`it.checked && it.value === ${JSON.stringify(value)}`))) return;
        await page.keyboard.press('ArrowDown');
    }
    return assert.fail(`no choice ${value} at ${path.join('.')}`);
}

/** Ticks several. */
async function tick(page, path, ...values) {
    for (const value of values) {
        const wanted = withPath(path).replace('return ', `return it.value === ${JSON.stringify(value)} && `);
        await to(page, wanted, { what: `${path.join('.')}: ${value}` });
        await page.keyboard.press('Space');
    }
}

/** Goes to a section by the list of them, which is before the questions. */
async function section(page, key) {
    const wanted = active(`JSON.parse(it.dataset.do ?? '{}').key === ${JSON.stringify(key)} && it.closest('#sections') !== null`);
    await to(page, wanted, { back: true, what: `section ${key}` });
    await page.keyboard.press('Enter');
    await browser.settled(page);
    assert.ok(await page.evaluate(active("it.localName === 'h1'")), 'the focus goes to the heading');
}

/** Adds a thing with a name. Returns its path. */
async function add(page, path, name) {
    const does = "JSON.parse(it.parentElement.querySelector('form').dataset.do)";
    const isAdding = `${does}.kind === 'add' && ${does}.choose === undefined && JSON.stringify(${does}.path) === ${JSON.stringify(JSON.stringify(path))}`;
    const adds = active(`it.matches('.new > summary, .add') && it.parentElement.querySelector('form') !== null && ${isAdding}`);
    await to(page, adds, { what: `adding at ${path.join('.')}` });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await browser.settled(page);
    const here = await page.evaluate(active("it.closest('[data-path]')?.dataset.path"));
    assert.ok(here, `the focus goes to the first question about ${name}`);
    return JSON.parse(here).slice(0, path.length + 1);
}

/** Presses the button that adds an item, or that thing. */
async function append(page, path, value) {
    const adds = active(`it.matches('button') && (() => { const what = JSON.parse(it.dataset.do ?? '{}'); return what.kind === 'add' && JSON.stringify(what.path) === ${JSON.stringify(JSON.stringify(path))} && what.value === ${JSON.stringify(value)}; })()`);
    await to(page, adds, { what: `adding ${value ?? 'an item'} at ${path.join('.')}` });
    await page.keyboard.press('Enter');
    await browser.settled(page);
}

/** Opens the card whose heading has the focus. */
async function openCard(page) {
    if (await page.evaluate(active("it.localName === 'summary' && !it.parentElement.open"))) await page.keyboard.press('Enter');
}

test('a whole plan by keyboard alone', { timeout: 240_000 }, visit(async (page, context) => {
    await to(page, active(`it.dataset.do?.includes('new_form')`));
    await page.keyboard.press('Enter');
    const named = (name) => active(`it.name === ${JSON.stringify(name)}`);
    for (const [name, text] of [
        ['plan.titel', 'Startgesprekken in wijkteam De Linde'],
        ['plan.interventie', 'Het startgesprek'],
        ['plan.organisaties', 'Stichting Welzijn De Linde'],
        ['plan.start', '1 maart 2027'],
    ]) {
        await to(page, named(name), { what: name });
        await page.keyboard.type(text);
    }
    const groups = [
        ['Wijkwerkers', 'uitvoerder', 'veel', 'veel'],
        ['Bewoners', 'profijtgroep', 'veel', 'weinig'],
    ];
    for (const [nr, [name, ...answers]] of groups.entries()) {
        await to(page, named(`groep-${nr + 1}`), { what: name });
        await page.keyboard.type(name);
        for (const [at, key] of ['rol', 'belang', 'invloed'].entries()) {
            await page.keyboard.press('Tab');
            await page.keyboard.type(answers[at]);
            assert.equal(await page.evaluate(() => document.activeElement.value), answers[at], `${key} of ${name}`);
        }
    }
    await to(page, active("it.type === 'submit'"));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#sections a');
    await browser.settled(page);

    await section(page, 'plan');
    await type(page, ['plan', 'einde'], 'na 9 maanden');

    await section(page, 'beschrijving_interventie');
    let at = ['beschrijving_interventie'];
    await type(page, [...at, 'profijtgroep'], 'Bewoners die voor het eerst met een vraag bij het wijkteam komen.');
    await type(page, [...at, 'doel'], 'Bewoners bepalen zelf aan welke vraag zij het eerst werken.');
    const element = await add(page, [...at, 'werkzame_bestanddelen'], 'Eigen verhaal eerst');
    await type(page, [...element, 'werking'], 'Wie eerst zelf mag vertellen, voelt zich serieus genomen.');
    const effect = await add(page, [...at, 'effecten'], 'De bewoner kiest zelf de eerste stap');
    await choose(page, [...effect, 'soort'], 'gewenst');
    await section(page, 'beschrijving_interventie');
    await to(page, active(`it.localName === 'summary' && it.id === 'v.${element.join('.')}'`));
    await openCard(page);
    await tick(page, [...element, 'leidt_tot'], effect.at(-1));

    await section(page, 'randvoorwaarden');
    at = await add(page, ['randvoorwaarden', 'voorwaarden'], 'Een uur per gesprek');
    await choose(page, [...at, 'geregeld'], 'ja');

    await section(page, 'betrokken_groepen');
    for (const [id, how] of [['wijkwerkers', 'Zij proberen het startgesprek uit.'], ['bewoners', 'Wij vragen na afloop hoe het was.']]) {
        await to(page, active(`it.localName === 'summary' && it.id === 'v.betrokken_groepen.${id}'`));
        await openCard(page);
        await type(page, ['betrokken_groepen', id, 'betrekken'], how);
    }

    await section(page, 'gebruikers');
    await append(page, ['gebruikers'], 'wijkwerkers');
    await append(page, ['gebruikers', 'wijkwerkers', 'veranderingen']);
    at = ['gebruikers', 'wijkwerkers', 'veranderingen', 0];
    await choose(page, [...at, 'aspect'], 'gedrag');
    await type(page, [...at, 'ist'], 'Zij vullen in het eerste gesprek een formulier in.');
    await type(page, [...at, 'soll'], 'Zij luisteren eerst een half uur en vullen het formulier later in.');

    await section(page, 'implementatiedoelen');
    const goal = await add(page, ['implementatiedoelen'], 'Startgesprek voeren');
    at = goal;
    await choose(page, [...at, 'groep'], 'wijkwerkers');
    await append(page, [...at, 'resultaten']);
    await type(page, [...at, 'resultaten', 0], 'De wijkwerker begint het eerste gesprek zonder formulier.');
    await type(page, [...at, 'norm'], '75% van de eerste gesprekken');
    await type(page, [...at, 'termijn'], '6 maanden');

    await section(page, 'contextanalyse');
    const barrier = await add(page, ['contextanalyse', 'factoren'], 'Formulier moet dezelfde dag af');
    at = barrier;
    await choose(page, [...at, 'groep'], 'wijkwerkers');
    await choose(page, [...at, 'richting'], 'belemmerend');
    await choose(page, [...at, 'invloed'], '3');
    await choose(page, [...at, 'veranderbaar'], 'ja');

    await section(page, 'implementatieteam');
    at = await add(page, ['implementatieteam'], 'Trekker');
    await type(page, [...at, 'persoon'], 'Noor Dijkstra');
    await choose(page, [...at, 'trekker'], 'ja');
    await tick(page, [...at, 'vertegenwoordigt'], 'wijkwerkers');

    await section(page, 'implementatiestrategieen');
    const strategies = { 'Een week voor het formulier': ['acceptatie'], Oefenmiddag: ['orientatie', 'inzicht'], 'Bij elkaar meelopen': ['verandering', 'behoud'] };
    const made = [];
    for (const [name, phases] of Object.entries(strategies)) {
        await section(page, 'implementatiestrategieen');
        at = await add(page, ['implementatiestrategieen', 'strategieen'], name);
        made.push(at.at(-1));
        if (phases.length === 1) await tick(page, [...at, 'belemmeringen'], barrier.at(-1));
        await append(page, [...at, 'inzet'], 'wijkwerkers');
        await tick(page, [...at, 'inzet', 'wijkwerkers'], ...phases);
        await choose(page, [...at, 'eigenaar'], 'trekker');
    }

    await section(page, 'borging');
    at = ['borging', 'blijvende_eigenaar'];
    await choose(page, [...at, 'geborgd'], 'ja');
    await type(page, [...at, 'toelichting'], 'Noor Dijkstra houdt het startgesprek in haar takenpakket.');

    await section(page, 'monitoring');
    at = await add(page, ['monitoring'], 'Gesprekken zonder formulier');
    await choose(page, [...at, 'doel'], goal.at(-1));
    await choose(page, [...at, 'soort'], 'toepassing');
    await type(page, [...at, 'data'], 'Een telling van nieuwe bewoners.');
    await type(page, [...at, 'wanneer'], 'elke 2 maanden');
    await type(page, [...at, 'bijsturen'], 'De trekker bespreekt de telling in het teamoverleg.');
    await choose(page, [...at, 'eigenaar'], 'trekker');

    await section(page, 'evaluatie');
    at = await add(page, ['evaluatie', 'vragen'], 'Gelukt');
    await type(page, [...at, 'vraag'], 'Voeren wij het startgesprek, en wat hield ons tegen?');
    await tick(page, [...at, 'doelen'], goal.at(-1));
    await tick(page, [...at, 'belemmeringen'], barrier.at(-1));
    await section(page, 'evaluatie');
    await type(page, ['evaluatie', 'wanneer'], 'na 8 maanden');
    await section(page, 'evaluatie');
    await type(page, ['evaluatie', 'uitvoerder'], 'De teamleider van een ander wijkteam');

    await section(page, 'planning_en_budget');
    at = await add(page, ['planning_en_budget', 'activiteiten'], 'Invoeren');
    await tick(page, [...at, 'strategieen'], ...made);
    await type(page, [...at, 'start'], '1 maart 2027');
    await type(page, [...at, 'einde'], '29-10-2027');
    await choose(page, [...at, 'eigenaar'], 'trekker');
    await append(page, [...at, 'inzet'], 'wijkwerkers');
    await type(page, [...at, 'inzet', 'wijkwerkers', 'personen'], '6');
    await type(page, [...at, 'inzet', 'wijkwerkers', 'uren'], '12');

    await browser.settled(page);
    const { bytes, name } = await browser.saved(page);
    assert.equal(name, 'startgesprekken-wijkteam-linde.yaml');
    const states = await page.$$eval('#sections li', (items) => items.filter((item) => item.matches('.is-fout')).map((item) => item.textContent.trim()));
    assert.deepEqual(states, [], bytes.toString());
    await page.waitForFunction(() => document.getElementById('save-state').textContent.startsWith('Opgeslagen'));
}));
