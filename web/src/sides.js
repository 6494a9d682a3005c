// Small screens: the list of sections unfolds in place, and the explanation is a sheet that comes from below.

import { afterEach } from './page.js';

const { body } = document;
let opener;

const behind = () => ['bar', 'notes', 'sections', 'main'].map((id) => document.getElementById(id));

export function toggleMenu() {
    body.toggleAttribute('data-menu');
    mark();
}

export function closeMenu() {
    body.removeAttribute('data-menu');
}

export function openSheet(button) {
    opener = button.id || button;
    body.setAttribute('data-sheet', '');
    mark();
    document.querySelector('#aside [data-script="close-sheet"]')?.focus();
}

export function closeSheet() {
    if (!isSheetOpen()) return;
    body.removeAttribute('data-sheet');
    mark();
    const back = typeof opener === 'string' ? document.getElementById(opener) : opener;
    opener = undefined;
    back?.focus();
}

/** Whether the explanation covers the questions. */
export function isSheetOpen() {
    return opener !== undefined;
}

/** What the library sends knows of neither. */
function mark() {
    for (const side of behind()) side.inert = isSheetOpen();
    const isOpen = body.hasAttribute('data-menu');
    for (const button of document.querySelectorAll('[data-script="menu"]')) button.setAttribute('aria-expanded', String(isOpen));
}

afterEach(mark);
