// What the user does, as events for the library. Elements say themselves what they send.

import * as fields from './fields.js';

/** The pause after the last key, in milliseconds. */
const PAUSE = 150;
/** The pause after which typing is another step to undo. */
const STEP = 2000;

const waiting = new Map();
let last;
let panel;

/** Sends what was typed and not sent yet. */
export function flush() {
    for (const sendNow of [...waiting.values()]) sendNow();
}

/** Another plan or screen: nothing typed before belongs to it. */
export function forget() {
    panel = undefined;
    last = undefined;
}

/** Listens to the page. `send` takes events for the library; `actions` are what only the script can do, by name. */
export function listen(send, actions) {
    const later = (key, sendNow) => {
        clearTimeout(waiting.get(key)?.timer);
        const now = () => {
            clearTimeout(now.timer);
            waiting.delete(key);
            sendNow();
        };
        now.timer = setTimeout(now, PAUSE);
        waiting.set(key, now);
    };

    const edit = (element) => {
        const path = element.dataset.path;
        const again = last?.path === path && Date.now() - last.time < STEP;
        last = { path, time: Date.now() };
        send({ do: 'edit', path: JSON.parse(path), value: value(element), again });
    };

    document.addEventListener('input', ({ target }) => {
        if (target.matches('[data-path]')) later(target.dataset.path, () => edit(target));
        if (target.matches('[data-text]')) later('text', () => actions.text(target.value));
        if (target.matches('[type="search"]')) fields.filter(target);
    });

    document.addEventListener('change', ({ target }) => {
        if (target.matches('[data-path], [data-text]')) {
            flush();
        } else if (target.matches('[type="radio"], [type="checkbox"]')) {
            const question = target.closest('[data-path]');
            if (question) edit(question);
            if (target.closest('#document')) actions.preview();
        } else if (target.matches('select')) {
            if (target.matches('[data-lines]')) actions.line(Number(target.value));
            if (target.closest('#document')) actions.preview();
        }
    });

    document.addEventListener('focusin', ({ target }) => {
        const question = target.closest('[data-panel]');
        if (question && question.dataset.panel !== panel) {
            panel = question.dataset.panel;
            send({ do: 'panel', path: JSON.parse(panel) });
        }
    });

    document.addEventListener('focusout', ({ relatedTarget }) => {
        if (relatedTarget?.closest('[data-path]')?.dataset.path !== last?.path) last = undefined;
    });

    document.addEventListener('click', (event) => {
        const element = event.target.closest('[data-do], [data-script], [data-date], [data-md], [data-line]');
        if (!element || element.matches('form, input')) return;
        // A link that opens elsewhere, because the user wants so.
        if (element.matches('a') && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
        event.preventDefault();
        if (element.getAttribute('aria-disabled') === 'true') return;
        press(element);
    });

    const press = (element) => {
        const { dataset } = element;
        if (dataset.date) fields.pick(element);
        else if (dataset.md) fields.mark(element);
        else if (dataset.line) actions.line(Number(dataset.line), Number(dataset.column ?? 1));
        else if (dataset.script) actions[dataset.script]?.(element, JSON.parse(dataset.args ?? '{}'));
        else {
            flush();
            send(request(element));
        }
    };

    document.addEventListener('submit', (event) => {
        event.preventDefault();
        const form = event.target;
        if (!form.dataset.do) return;
        flush();
        const reply = send({ ...JSON.parse(form.dataset.do), answers: answers(form) });
        if (!reply || reply.refused) return;
        // The next name is another one.
        form.reset();
        form.closest('details.new')?.removeAttribute('open');
    });

    document.addEventListener('keydown', (event) => {
        if (event.isComposing) return;
        const { target, key } = event;
        const shortcut = (event.ctrlKey || event.metaKey) && !event.altKey;
        if (shortcut && key.toLowerCase() === 's') {
            event.preventDefault();
            flush();
            actions.save();
        } else if (shortcut && ['z', 'y'].includes(key.toLowerCase()) && isOfPlan(target)) {
            event.preventDefault();
            flush();
            send({ do: key.toLowerCase() === 'y' || event.shiftKey ? 'redo' : 'undo' });
        } else if (key === 'Escape') {
            actions.escape();
        } else if (key === 'Enter' && !shortcut && !event.shiftKey) {
            enter(event);
        }
    });

    const enter = (event) => {
        const { target } = event;
        const isLine = target.matches('textarea.one, input[data-path]');
        const list = isLine && target.closest('[data-rows]');
        if (isLine) event.preventDefault();
        if (list) {
            const add = list.parentElement.querySelector(':scope > [data-do]');
            if (add) press(add);
        }
    };

    // A browser may end without another sign.
    document.addEventListener('visibilitychange', () => document.hidden && flush());
    addEventListener('pagehide', flush);
}

/** Whether undoing there is undoing in the plan: not in a search or the name of something new. */
function isOfPlan(target) {
    return !target.matches('input:not([type="radio"], [type="checkbox"]), textarea') || target.matches('[data-path], [data-text]');
}

function value(element) {
    if (!element.matches('fieldset, [role="group"], [role="radiogroup"]')) return element.value;
    const checked = [...element.querySelectorAll('input:checked')].map((input) => input.value);
    return 'many' in element.dataset ? checked : (checked[0] ?? null);
}

function request(element) {
    const event = JSON.parse(element.dataset.do);
    // Not by dataset, in which every object's valueOf() is.
    const from = element.getAttribute('data-value-of');
    if (from) event.value = document.getElementById(from)?.value ?? '';
    return event;
}

/** The answers of a form: a text for each name, or a list of them. */
function answers(form) {
    const answers = {};
    for (const [name, text] of new FormData(form)) {
        answers[name] = name in answers ? [answers[name], text].flat() : text;
    }
    return answers;
}
