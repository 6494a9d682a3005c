// Puts what the library returns on the page.

import { Idiomorph } from 'idiomorph';
import { close, note, say } from './notes.js';
import { learn, word } from './words.js';

const after = [];

/** Calls that function after each reply that changed the page. */
export function afterEach(action) {
    after.push(action);
}

/** A sign, which the style draws. */
export function sign(name) {
    const sign = document.createElement('span');
    sign.className = `sign sign-${name}`;
    sign.setAttribute('aria-hidden', 'true');
    return sign;
}

/** Shows a reply. `keep` leaves the text of the focused field as it is, because the user is typing in it. */
export function show(reply, { keep = false, isBack = false } = {}) {
    if (reply.words) learn(reply.words);
    if (reply.title) document.title = reply.title;
    const isOther = reply.hash !== undefined;
    for (const { id, html } of reply.patches ?? []) patch(id, html, isOther, keep);
    if (isOther) turn(reply.hash, isBack);
    if (reply.patches || reply.words) for (const action of after) action(reply);
    if (reply.focus) focus(reply.focus);
    if (reply.say) say(reply.say);
    if (reply.refused) note('refused', 'bad', [word('niet_veranderd'), reply.refused], [[word('sluiten'), () => {}]]);
    else close('refused');
}

/** The event that shows this screen again; nothing on the start screen. The links to the screens say it. */
export function here() {
    const link = document.querySelector('#sections [aria-current="page"]') ?? document.querySelector('#bar [aria-current="page"]');
    return link ? JSON.parse(link.dataset.do) : null;
}

/** Remembers the screen, for the back button and for loading the page again. */
function turn(hash, isBack) {
    const event = here();
    if (JSON.stringify(event) === JSON.stringify(history.state)) return;
    scrollTo(0, 0);
    if (isBack) return;
    history.pushState(event, '', `#${hash}`);
}

/** Replaces an element. `isOther` means that another screen is shown, of which nothing was there before. */
function patch(id, html, isOther, keep) {
    const old = document.getElementById(id);
    if (!old) throw new Error(`no element ${id}`);
    if (isOther && id === 'main') {
        old.outerHTML = html;
        return;
    }
    Idiomorph.morph(old, html, {
        morphStyle: 'outerHTML',
        ignoreActiveValue: keep,
        callbacks: { beforeAttributeUpdated: isOfPage },
    });
}

/** Whether the library may change an attribute. What the user opened or searches for is not its business. */
function isOfPage(name, element, change) {
    if (element.localName === 'details') return !(name === 'open' && change === 'remove');
    if (element.localName === 'iframe') return !['srcdoc', 'sandbox'].includes(name);
    return !(element.type === 'search' && name === 'value');
}

/** Focuses the element with that id, or the first control in it, and opens what it is in. */
export function focus(id) {
    const element = document.getElementById(id);
    if (!element) return;
    for (let outer = element.closest('details'); outer; outer = outer.parentElement.closest('details')) {
        outer.open = true;
    }
    const controls = 'input:not([type="hidden"], .hide), textarea, select, button, a[href], summary';
    const own = element.matches(`${controls}, [tabindex]`);
    const target = own ? element : (element.querySelector(':checked') ?? element.querySelector(controls) ?? element);
    if (target === element && !own) target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest' });
}
