// Notes under the bar, the dialog, and what a screen reader says.

import { sign } from './page.js';
import { word } from './words.js';

const SIGNS = { bad: 'fout', warn: 'let-op', good: 'goed' };

/** Shows a note, or replaces the one with that name. Buttons are `[word, action]`; each closes the note unless it returns false. */
export function note(name, kind, [bold, text], buttons = []) {
    close(name);
    const note = document.createElement('div');
    note.className = `note ${kind}`;
    note.dataset.note = name;
    const p = document.createElement('p');
    const b = document.createElement('b');
    b.textContent = bold;
    p.append(sign(SIGNS[kind]), ' ', b, ' ', text);
    note.append(p, actions(buttons, () => note.remove()));
    document.getElementById('notes').append(note);
    say(`${bold} ${text}`);
}

export function close(name) {
    document.querySelector(`#notes [data-note="${name}"]`)?.remove();
}

/**
 * Asks in a dialog, with more to unfold if there is any, as HTML that the library wrote. Resolves with the name of the chosen
 * button, or undefined.
 */
export function ask([title, text], buttons, [label, more] = []) {
    return new Promise((resolve) => {
        const dialog = document.createElement('dialog');
        const heading = document.createElement('h2');
        heading.id = 'dialog-title';
        heading.textContent = title;
        const p = document.createElement('p');
        p.textContent = text;
        dialog.setAttribute('aria-labelledby', heading.id);
        const choices = buttons.map(([label, name, kind]) => [label, () => dialog.close(name), kind]);
        dialog.append(heading, p);
        if (more) dialog.append(unfolding(label, more));
        dialog.append(actions([...choices, [word('annuleren'), () => dialog.close(), 'plain']]));
        dialog.addEventListener('close', () => {
            dialog.remove();
            resolve(dialog.returnValue || undefined);
        });
        document.body.append(dialog);
        dialog.showModal();
    });
}

function unfolding(label, html) {
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = label;
    const more = document.createElement('div');
    more.className = 'more';
    more.tabIndex = 0;
    more.setAttribute('role', 'region');
    more.setAttribute('aria-label', label);
    more.innerHTML = html;
    details.append(summary, more);
    return details;
}

function actions(buttons, after = () => {}) {
    const acts = document.createElement('span');
    acts.className = 'acts';
    for (const [label, action, kind = ''] of buttons) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = `btn small ${kind}`;
        button.textContent = label;
        button.addEventListener('click', () => {
            if (action() !== false) after();
        });
        acts.append(button);
    }
    return acts;
}

let unsaid = [];
let timer;

/** Says it to a screen reader, at most once a second. */
export function say(text) {
    if (!unsaid.includes(text)) unsaid.push(text);
    timer ??= setTimeout(speakUp, 100);
}

function speakUp() {
    const status = document.getElementById('status');
    status.textContent = unsaid.join(' ');
    unsaid = [];
    timer = setTimeout(() => {
        timer = undefined;
        if (unsaid.length > 0) speakUp();
    }, 1000);
}
