// What a reader sees of the text: at every width and on paper nothing is clipped, hidden in a box that scrolls, or broken inside a
// date, an amount or a word, and nothing is there that only planmaker understands.

const WIDTHS = [320, 390, 768, 1280];
/** The width of the text on A4, in CSS pixels: 210 mm without the margins. */
const TEXT_WIDTH = 695;
/** The same for wide paper, which the red thread is printed on. */
const WIDE = 1016;
const MOST_SHOWN = 12;

/** Judges the page that is open in a tab. */
export async function text({ page }) {
    const before = page.viewportSize();
    const problems = await unreadable(page);
    // What is wrong at several widths is reported once.
    const seen = new Set();
    const look = async (where, without) => {
        const found = (await misplaced(page, without)).filter((problem) => !seen.has(problem));
        for (const problem of found) seen.add(problem);
        problems.push(...found.slice(0, MOST_SHOWN).map((problem) => `${where}: ${problem}`));
    };
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await look(`${width} px`);
    }
    await page.emulateMedia({ media: 'print' });
    const isWide = await page.evaluate(() => document.body.matches('.wide-paper'));
    await page.setViewportSize({ width: isWide ? WIDE : TEXT_WIDTH, height: 900 });
    await look('paper', isWide ? undefined : '.thread-region');
    await page.emulateMedia({ media: null });
    await page.setViewportSize(before);
    return problems;
}

/** Finds dots in place of text, and keys and paths of the plan file. */
async function unreadable(page) {
    const text = await page.evaluate(() => document.body.innerText);
    // An open point quotes no more of a long name than a message does.
    const points = await page.evaluate(() => document.querySelector('.open-points')?.closest('section').innerText ?? '');
    const found = [
        ...[...text.replace(points, '').matchAll(/.{0,30}…/g)].map(([piece]) => `an ellipsis: ${piece}`),
        ...[...text.matchAll(/(?<![\w/.@-])[a-z]+(?:_[a-z]+)+(?![\w/@])/g)].map(([key]) => `a key: ${key}`),
        ...[...text.matchAll(/(?<![\w/.@-])[a-z_]+\.[a-z0-9-]+\.[a-z_]+(?![\w/@])/g)].map(([path]) => `a path: ${path}`),
    ];
    return found.slice(0, MOST_SHOWN).map((problem) => `text: ${problem}`);
}

/** Finds texts that are cut, hidden or broken, except in elements of that selector. */
async function misplaced(page, without = '.no-such-class') {
    return page.evaluate((without) => {
        // Heads of a table of cards, and titles under a heading that says the same, are for screen readers only.
        const isForReaders = (element) => {
            for (let part = element; part; part = part.parentElement) {
                if (part.matches('svg, title, style') || getComputedStyle(part).clipPath === 'inset(50%)') return false;
            }
            return true;
        };
        const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && isForReaders(element) && !element.closest(without);
        const quote = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 50);
        const problems = [];

        for (const element of document.querySelectorAll('body *')) {
            if (!isShown(element) || !element.textContent.trim()) continue;
            const style = getComputedStyle(element);
            const isCut = (overflow) => overflow === 'hidden' || overflow === 'clip';
            const isTooHigh = element.scrollHeight > element.clientHeight + 2;
            const isTooWide = element.scrollWidth > element.clientWidth + 2;
            if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') {
                problems.push(`ends in dots: ${quote(element.textContent)}`);
            } else if ((isCut(style.overflowX) && isTooWide) || (isCut(style.overflowY) && isTooHigh)) {
                problems.push(`cut: ${quote(element.textContent)}`);
            } else if (['auto', 'scroll'].includes(style.overflowX) && isTooWide && element.localName !== 'pre') {
                problems.push(`hidden in a box that scrolls: ${quote(element.textContent)}`);
            }
        }

        // The last box: a hyphen at the end of the line before belongs to the first one.
        const top = (node, at) => {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return [...range.getClientRects()].at(-1)?.top ?? 0;
        };
        const isBroken = (node, start, end) => Math.abs(top(node, start) - top(node, end - 1)) > 6;
        const WHOLE = [
            /\d{1,2}\s(?:jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|january|february|march|april|may|june|july|august|september|october|november|december|januari|februari|maart|juni|juli|augustus|oktober)\s\d{4}/gi,
            /[€£]\s?-?[\d.,]*\d/g,
            // What stands between places to break.
            /[^\s\u00ad\u200b\u2010\u2013/_@=-]{2,}/gu,
        ];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || element.closest('pre') || !isShown(element)) continue;
            if (getComputedStyle(element).writingMode !== 'horizontal-tb') continue;
            for (const pattern of WHOLE) {
                for (const match of node.data.matchAll(pattern)) {
                    const end = match.index + match[0].length;
                    if (isBroken(node, match.index, end)) problems.push(`broken: ${match[0]}`);
                }
            }
        }
        return problems;
    }, without);
}
