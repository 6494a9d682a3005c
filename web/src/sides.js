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
    mark();
}

export function openSheet(button) {
    opener = button.id || button;
    body.setAttribute('data-sheet', '');
    mark();
    document.querySelector('#aside [data-script="close-sheet"]')?.focus();
}

export function closeSheet() {
    if (!isSheetOpen()) return;
    const back = typeof opener === 'string' ? document.getElementById(opener) : opener;
    opener = undefined;
    body.removeAttribute('data-sheet');
    mark();
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

/** Scrolls the list of sections to the one that is shown. The page itself stays where it is. */
function reveal() {
    const list = document.querySelector('#sections > .list');
    const current = list?.querySelector('[aria-current="page"]');
    if (!current || list.scrollHeight <= list.clientHeight) return;
    const [inside, outside] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inside.top < outside.top) list.scrollTop -= outside.top - inside.top;
    if (inside.bottom > outside.bottom) list.scrollTop += inside.bottom - outside.bottom;
}

afterEach(mark);
afterEach(reveal);
