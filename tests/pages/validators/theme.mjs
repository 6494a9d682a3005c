// The effect of a house style on a page, for published themes of NL Design System.
// Their licences do not allow shipping them, so they are installed for these tests only.

import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

export const THEMES = {
    utrecht: file('@utrecht/design-tokens/dist/theme.css'),
    voorbeeld: file('@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css'),
    rotterdam: file('@nl-design-system-unstable/rotterdam-design-tokens/dist/design-tokens.css'),
    rijkshuisstijl: file('@rijkshuisstijl-community/design-tokens/dist/index.css'),
};

/** The styles of the open page that a theme changes. */
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
