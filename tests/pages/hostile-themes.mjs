// House styles that try more than to style a page: they are refused, or have no effect on its contents.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachInTabs } from './browser.mjs';
import { contents, differences } from './injection.mjs';
import { ROOT } from './plans.mjs';

const ADDRESS = 'https://planmaker.invalid/x';
const TOKEN = '--utrecht-document-background-color';
// With a valid token, so that the file counts as a house style.
const value = (text) => `.t-theme { --utrecht-document-font-family: Georgia, serif; ${TOKEN}: ${text}; }`;
const beside = (text) => `${text}\n${value('#fff')}\n${text}`;

const THEMES = [
    value(`url(${ADDRESS}.png)`),
    value(`url("${ADDRESS}.png")`),
    value(`\\75 rl(${ADDRESS}.png)`),
    value(`image-set("${ADDRESS}.png" 1x)`),
    value(`src("${ADDRESS}.png")`),
    value(`cross-fade(url(${ADDRESS}.png), red)`),
    value('expression(alert(1))'),
    value('red; } body { display: none } .x {'),
    value('red</style><script>alert(1)</script>'),
    value('"</style><script>alert(1)</script>"'),
    value('"\\3c /style\\3e \\3c script\\3e alert(1)\\3c /script\\3e"'),
    value('red/*</style><script>alert(1)</script>*/'),
    value('<!-- <script>alert(1)</script> -->'),
    value('var(--a); --a: var(--b); --b: var(--a)'),
    value(`${'calc('.repeat(20_000)}1${')'.repeat(20_000)}`),
    value('a'.repeat(1_000_000)),
    value('"unterminated'),
    beside(`@import url(${ADDRESS}.css);`),
    beside(`@import "${ADDRESS}.css" layer(x);`),
    beside(`@font-face { font-family: x; src: url(${ADDRESS}.woff2); }`),
    beside(`@namespace url(${ADDRESS});`),
    beside(`body { background: url(${ADDRESS}.png); display: none; }`),
    beside('body { display: none !important; }'),
    beside(`a[href^="#"] { background: url(${ADDRESS}.png); }`),
    beside('</style><script>alert(1)</script><style>'),
    beside('<img src=x onerror=alert(1)>'),
    beside('}}}}]]))'),
    beside('{'.repeat(50_000)),
    `${'.a { '.repeat(5_000)}${value('#fff')}${'}'.repeat(5_000)}`,
    `:root { ${Array.from({ length: 20_000 }, (_, nr) => `--t-${nr}: url(${ADDRESS}/${nr})`).join('; ')}; ${TOKEN}: #fff }`,
    `</style><svg onload=alert(1)> { ${TOKEN}: #fff }`,
    `.t\0-theme { ${TOKEN}: #fff }`,
];

/** Compares the shortest example in every hostile house style with the same page without one. */
export async function hostileThemes(browser, planmaker, folder, report) {
    const plan = join(ROOT, 'examples/minimaal.yaml');
    const render = async (name, options) => {
        const [page] = await planmaker.render(plan, join(folder, 'hostile-themes', name), options, { html: ['plan'] });
        return page;
    };
    mkdirSync(join(folder, 'hostile-themes'), { recursive: true });
    const plain = await render('none', []);
    let expected;
    await eachInTabs(browser, [plain], { policy: false }, async (tab, file) => (expected = await contents(tab, file)));
    await eachInTabs(browser, THEMES.entries(), { policy: false }, async (tab, [nr, theme]) => {
        const css = join(folder, 'hostile-themes', `${nr}.css`);
        writeFileSync(css, theme);
        const start = Date.now();
        const page = await render(String(nr), ['--theme', css]).catch((refused) => {
            // Status 2 with a message means that the file was refused. Anything else is a crash.
            if (refused.code !== 2 || !refused.stderr) report(css, [`ended with ${refused.code ?? refused.signal}`]);
        });
        const problems = [];
        if (Date.now() - start > 20_000) problems.push('took longer than 20 s');
        if (page !== undefined) {
            problems.push(...differences(await contents(tab, page), expected, new Set()));
            const isShown = await tab.page.evaluate(() => document.body.checkVisibility() && document.body.offsetHeight > 0);
            if (!isShown) problems.push('the page is hidden');
        }
        report(css, problems);
    });
}
