// Accessibility by axe-core, light and dark, on a wide screen and at 320 px, without sideways scrolling (WCAG 1.4.10).

import axe from 'axe-core';
import { contrast } from './contrast.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
export const WAYS = [
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'dark', width: 320 },
    { colorScheme: 'light', width: 320 },
];

/** Validates the page that is open in a tab. */
export async function access({ page }, ways) {
    const problems = [];
    await page.evaluate(axe.source);
    for (const { colorScheme, width } of ways) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const found = [...(await runAxe(page)), ...(await overflow(page))];
        problems.push(...found.map((problem) => `${colorScheme}, ${width} px: ${problem}`));
    }
    return problems;
}

async function runAxe(page) {
    const options = { runOnly: TAGS, resultTypes: ['violations', 'incomplete'], preload: false };
    const { violations, incomplete } = await page.evaluate((options) => window.axe.run(document, options), options);
    // axe cannot decide on the contrast of text in drawings and scrolling regions. It must decide everything else.
    const isContrast = ({ id }) => id === 'color-contrast';
    const unclear = incomplete.filter(isContrast).flatMap(({ nodes }) => nodes.flatMap(({ target }) => target));
    return [
        ...violations.flatMap(describe),
        ...incomplete.filter((result) => !isContrast(result)).flatMap(describe).map((problem) => `undecided: ${problem}`),
        ...(await contrast(page, unclear)),
    ];
}

function describe({ id, help, nodes }) {
    return nodes.map(({ target, any, html }) => `axe ${id}: ${help}: ${target}: ${any[0]?.message ?? html.slice(0, 120)}`);
}

/** The page must not scroll sideways; a wide table scrolls in its own region. */
async function overflow(page) {
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    return content > window ? [`overflow: the page is ${content} px wide in a window of ${window} px`] : [];
}
