// Does a house style reach the page? Published themes of NL Design System; that the page stays accessible is for access.mjs.
// Their licences do not let us ship them, so they are installed to be tested with, and nothing more.

import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

export const THEMES = {
    utrecht: file('@utrecht/design-tokens/dist/theme.css'),
    voorbeeld: file('@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css'),
    rotterdam: file('@nl-design-system-unstable/rotterdam-design-tokens/dist/design-tokens.css'),
    rijkshuisstijl: file('@rijkshuisstijl-community/design-tokens/dist/index.css'),
};

/** What a theme can be seen by, as the page that is open has it. */
export function appearance({ page }) {
    return page.evaluate(() =>
        [
            ['body', 'font-family'],
            ['body', 'color'],
            ['h2', 'color'],
            ['a', 'color'],
            ['.cover', 'background-color'],
        ].map(([selector, property]) => {
            const element = document.querySelector(selector);
            return element && getComputedStyle(element).getPropertyValue(property);
        }),
    );
}

export function reached(themed, plain) {
    return themed.some((value, nr) => value !== plain[nr]) ? [] : ['theme: the page looks as it does without the theme'];
}
