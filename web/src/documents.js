// The documents screen: a preview in a frame without scripts, files to keep, and paper.

import { download as keep } from './files.js';
import { show } from './page.js';

let handle;
let shown;

export function start(library) {
    handle = library;
}

function frame() {
    return document.querySelector('iframe[data-preview]');
}

function request(form) {
    const choices = Object.fromEntries(new FormData(document.getElementById('document')));
    const reply = handle({ do: 'document', ...choices, form });
    show(reply);
    return reply;
}

/** Shows the chosen document, once the screen itself has been drawn. */
export function preview() {
    const wanted = frame();
    if (!wanted) return;
    requestAnimationFrame(() =>
        setTimeout(() => {
            if (wanted !== frame()) return;
            const { bytes } = request('html');
            if (!bytes) return;
            const html = new TextDecoder().decode(bytes);
            if (wanted === shown?.frame && html === shown.html) return;
            shown = { frame: wanted, html };
            // It can be printed, and runs no script.
            wanted.setAttribute('sandbox', 'allow-same-origin allow-modals');
            wanted.srcdoc = html;
        }),
    );
}

export function download({ form }) {
    const { bytes, file } = request(form);
    if (bytes) keep(bytes, file.name, file.type);
}

export function print() {
    frame()?.contentWindow.focus();
    frame()?.contentWindow.print();
}

/** Shows the preview on the whole screen; Esc ends that. */
export function enlarge() {
    frame()?.requestFullscreen();
}
