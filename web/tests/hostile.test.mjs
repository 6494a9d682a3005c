// Hostile texts in a plan run no script and make no request: not in the form, not in a preview, not in the text tab.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as browser from './browser.mjs';
import { go, screens } from './screens.mjs';

let chromium;
before(async () => (chromium = await browser.launch()));
after(() => chromium.close());

/** Each of them would call `hit`, or load something, where it is taken for markup, an attribute, a template or a style. */
const HOSTILE = [
    '<script>hit()</script>',
    '"><img src=x onerror=hit()>',
    "'><svg onload=hit()>",
    '</textarea><img src=x onerror=hit()>',
    '</title></style></script><img src=x onerror=hit()>',
    '" autofocus onfocus=hit() x="',
    '{{ 7 * 7 }}{% raw %}<b onmouseover=hit()>',
    '[klik](javascript:hit()) ![x](https://elders.example/x.png) <https://elders.example>',
    '<iframe srcdoc="<script>parent.hit()</script>"></iframe><base href="https://elders.example/">',
    '<style>@import "https://elders.example/x.css"; body { display: none }</style>',
    '<form action=https://elders.example/><button data-do=\'{"do":"example"}\'>x</button>',
    '\u202e<img src=x onerror=hit()>\u2066 \u0000 \u0001main\u0002<img src=x onerror=hit()>\u0003',
    '<!--><img src=x onerror=hit()>--> ]]> &lt;img src=x onerror=hit()&gt;',
];

/** The worked example with hostile texts for its own, each where a text was. */
function plan() {
    let nr = 0;
    const next = () => JSON.stringify(HOSTILE[nr++ % HOSTILE.length].replaceAll('\u0000', ''));
    const lines = browser.readText('examples/psycho-educatie.yaml').split('\n');
    const keys = /^(\s*(?:- )?(?:titel|interventie|naam|beschrijving|doel|profijtgroep|werking|betrekken|toelichting|ist|soll|norm|vraag|data|bijsturen|rol_in_team|persoon|waarom|omdat|aanpak|boodschap|auteurs|jaar|opdrachtgever): )([^|>{[&*'"].*)$/;
    return lines.map((line) => line.replace(keys, (_, key) => key + next())).join('\n');
}

test('no text of a plan becomes a script, element or request', { timeout: 240_000 }, async () => {
    const context = await browser.profile(chromium);
    // The page's own policy would stop most of it: what must stop it is that texts stay texts.
    await context.addInitScript(() => {
        window.hits = [];
        window.hit = () => window.hits.push(document.activeElement?.outerHTML ?? '');
    });
    const page = await browser.open(context);
    const text = plan();
    assert.ok(text.split('hit()').length > 60);
    await browser.openText(page, text, '<img src=x onerror=hit()>.yaml');
    await page.waitForSelector('#main h1:not(.hero *)');
    await browser.settled(page);
    // From the text tab too, which a file opens in that has signs which cannot be read.
    await page.click('#bar nav a >> nth=0');
    const foreign = () =>
        page.evaluate(() => {
            const allowed = new Set('A ABBR ASIDE B BUTTON BODY CAPTION CODE DATALIST DD DEFS DETAILS DIV DL DT EM FIELDSET FORM G H1 H2 H3 H4 H5 H6 HEADER I IFRAME INPUT LABEL LEGEND LI MAIN MARK NAV OL OPTION OPTGROUP OUTPUT P PATH PRE RECT S SCRIPT SECTION SELECT SMALL SPAN STRONG SUMMARY SVG TABLE TBODY TD TEXT TEXTAREA TFOOT TH THEAD TITLE TR U UL BR HR SUB SUP CITE BLOCKQUOTE'.split(' '));
            const wrong = [];
            for (const element of document.body.querySelectorAll('*')) {
                const name = element.localName.toUpperCase();
                const isOwn = name !== 'SCRIPT' || ['library', 'unpacker'].includes(element.id) || element.type === 'module';
                if (!allowed.has(name) || !isOwn) wrong.push(element.outerHTML.slice(0, 100));
                for (const { name: attribute, value } of element.attributes) {
                    if (attribute.startsWith('on') || attribute === 'style' || /^\s*javascript:/i.test(value)) wrong.push(`${attribute}=${value.slice(0, 100)}`);
                }
            }
            return wrong;
        });
    const wrong = [];
    const all = await screens(page);
    assert.ok(all.length > 15);
    for (const screen of all) {
        await go(page, screen);
        await page.$$eval('#main details', (all) => all.forEach((details) => (details.open = true)));
        wrong.push(...(await foreign()).map((what) => `${screen.name}: ${what}`));
    }
    await go(page, { event: { do: 'show', screen: 'documents' } });
    for (const view of await page.$$('#document [name="view"]')) {
        await view.check();
        await page.waitForTimeout(600);
        const frame = page.frameLocator('iframe[data-preview]');
        assert.ok(await frame.locator('body').count());
        const scripts = await frame.locator('script, iframe, object, embed, base, [onerror], [onload], [onfocus]').count();
        assert.equal(scripts, 0);
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(await page.evaluate(() => window.hits), []);
    // Frames report that scripts are blocked only if there are any.
    assert.deepEqual(context.did, []);
    await context.close();
});

test('hostile texts that are typed stay texts', { timeout: 120_000 }, async () => {
    const context = await browser.profile(chromium);
    await context.addInitScript(() => {
        window.hits = [];
        window.hit = () => window.hits.push(1);
    });
    const page = await browser.open(context);
    await page.click('[data-do*=\'"example"\']');
    await page.waitForSelector('#sections a', { state: 'attached' });
    for (const text of HOSTILE) {
        await go(page, { event: { do: 'show', screen: 'section', key: 'plan' } });
        const field = page.locator('#main [data-path=\'["plan","titel"]\']');
        const typed = text.replace(/[\u0000-\u0003]/g, '');
        await field.fill(typed);
        await browser.settled(page);
        assert.equal(await field.inputValue(), typed);
    }
    assert.deepEqual(await page.evaluate(() => window.hits), []);
    assert.deepEqual(context.did, []);
    await context.close();
});

test('the policy of the page allows no network and no other script', () => {
    const page = readFileSync(browser.PAGE, 'utf8');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)[1];
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^' ]+' 'wasm-unsafe-eval'; /);
    for (const part of ["connect-src 'none'", "form-action 'none'", "base-uri 'none'", 'img-src data:']) assert.ok(policy.includes(part));
    assert.doesNotMatch(page.replace(/<script[^]*?<\/script>|<style>[^]*?<\/style>/g, ''), / style=| on[a-z]+=/);
    assert.ok(Buffer.byteLength(page) <= 2_000_000);
});
