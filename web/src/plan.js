// The open plan: its text, what the browser keeps of it, and its file.

import * as drafts from './drafts.js';
import * as files from './files.js';
import * as stored from './stored.js';
import { afterEach } from './page.js';
import { ask, close, note } from './notes.js';
import { clock, spoken, word } from './words.js';

/** The open plan; nothing on the start screen. */
let plan;
/** Whether the browser keeps plans. */
let keeps = true;
let keeping;
let isSaving = false;
const others = [];

export function current() {
    return plan;
}

/** Calls that function with the plan whenever the browser has kept it. */
export function whenKept(action) {
    others.push(action);
}

/** Begins with a plan that the browser does not keep yet. */
export async function begin({ text, name, handle, saved }) {
    plan = { id: drafts.newId(), text, name, handle, isNamed: Boolean(saved), changes: 0, isTyped: false };
    if (saved) plan.saved = await files.print(text);
}

/** Goes on with a plan that the browser keeps. */
export function resume(draft) {
    plan = { ...draft, isTyped: false };
}

/** Leaves the plan, which the browser keeps. */
export async function leave() {
    await keeping;
    plan = undefined;
    stored.open.clear();
}

/** Takes in what a reply says about the plan. `steps` is the number of changes that it adds. */
export function take(reply, steps = 0) {
    if (!plan) return;
    for (const key of ['undo', 'visited']) if (reply[key] !== undefined) plan[key] = reply[key];
    // A file keeps its name; before there is one, it is named after the plan.
    if (reply.name && !plan.isNamed) plan.name = reply.name;
    const isOther = reply.text !== undefined && reply.text !== plan.text;
    if (isOther) {
        plan.text = reply.text;
        plan.isTyped = true;
        plan.isKept = false;
        plan.changes = Math.max(0, plan.changes + steps);
    }
    if (isOther || reply.visited || reply.undo) keep();
}

/** What another tab wrote. */
export function follow(text, rest) {
    Object.assign(plan, rest, { text });
    showState();
}

/** Keeps the plan in the browser. Writes one at a time, and the last state always. */
export function keep() {
    if (!plan) return keeping;
    stored.open.set(plan.id);
    plan.isWaiting = true;
    keeping ??= (async () => {
        while (plan?.isWaiting) {
            plan.isWaiting = false;
            await keepOnce(plan);
        }
    })().finally(() => (keeping = undefined));
    return keeping;
}

async function keepOnce(plan) {
    const { id, text, undo, visited, name, isNamed, saved, savedAt, handle, changes } = plan;
    const title = document.querySelector('#bar .doc')?.firstChild?.textContent?.trim() || name;
    const draft = { id, text, undo, visited, name, isNamed, saved, savedAt, handle, changes, title, when: Date.now() };
    try {
        await drafts.put(draft);
        plan.isKept = true;
        keeps = true;
        close('keeps');
    } catch {
        plan.isKept = false;
        if (keeps) note('keeps', 'bad', [word('bewaart_niets'), word('bewaart_niets_uitleg')], [[word('opslaan'), save, 'main']]);
        keeps = false;
    }
    plan.isSaved = plan.saved !== undefined && (await files.print(plan.text)) === plan.saved;
    if (plan.isSaved) plan.changes = 0;
    showState();
    for (const action of others) action(draft);
}

/** Saves to the file of the plan, or lets the user choose one; `elsewhere` lets the user choose again. */
export async function save({ elsewhere = false } = {}) {
    if (!plan || isSaving) return false;
    close('save');
    const { text } = plan;
    const name = plan.name ?? 'plan.yaml';
    try {
        const handle = (!elsewhere && plan.handle) || (await files.place(name));
        if (handle === undefined) return false;
        isSaving = true;
        showState();
        if (handle === null) {
            files.download(text, name, 'application/yaml');
            note('save', 'good', [word('gedownload'), word('gedownload_uitleg', { naam: name })], [[word('sluiten'), () => {}]]);
        } else {
            if (handle === plan.handle && (await isChangedElsewhere(handle)) && !(await overwrites())) return false;
            await files.write(handle, text);
            plan.handle = handle;
            plan.name = handle.name;
        }
        plan.isNamed = true;
        plan.saved = await files.print(text);
        plan.savedAt = Date.now();
        navigator.storage?.persist?.();
        return true;
    } catch {
        note('save', 'bad', [word('opslaan_lukte_niet'), word('opslaan_lukte_niet_uitleg')], [
            [word('opnieuw'), () => void save()],
            [word('ergens_anders'), () => void save({ elsewhere: true })],
        ]);
        return false;
    } finally {
        isSaving = false;
        await keep();
    }
}

/** Whether somebody else wrote the file since this page read or wrote it. */
export async function isChangedElsewhere(handle) {
    const file = await handle.getFile().catch(() => undefined);
    if (!file || !plan.saved) return false;
    const text = await files.read(file);
    return text === undefined || (await files.print(text)) !== plan.saved;
}

async function overwrites() {
    const chosen = await ask(
        [word('bestand_veranderd'), word('bestand_veranderd_uitleg')],
        [
            [word('toch_opslaan'), 'over', 'main'],
            [word('ergens_anders'), 'elsewhere'],
        ],
    );
    if (chosen === 'elsewhere') setTimeout(() => void save({ elsewhere: true }));
    return chosen === 'over';
}

/** Whether everything is in the file. */
export function isSaved() {
    return !plan || plan.isSaved || !plan.text;
}

/** Asks before something else replaces the plan. Resolves to whether to go on. */
export async function mayLeave() {
    if (!plan || !plan.isTyped || plan.isSaved) return true;
    await keeping;
    const kept = plan.isKept ? word('eerst_opslaan_bewaard') : word('eerst_opslaan_kwijt');
    const chosen = await ask(
        [word('eerst_opslaan'), `${changes()}. ${kept}`],
        [
            [word('opslaan_en_verder'), 'save', 'main'],
            [word('verder_zonder_opslaan'), 'go'],
        ],
    );
    return chosen === 'save' ? save() : chosen === 'go';
}

function changes() {
    const count = Math.max(1, plan.changes);
    const plural = new Intl.PluralRules(spoken()).select(count);
    return word(plural === 'one' ? 'een_wijziging' : 'wijzigingen', { aantal: count });
}

/** Shows in the bar where the work is. */
function showState() {
    const state = document.getElementById('save-state');
    if (!state || !plan) return;
    const [bold, text] = inWords();
    const b = document.createElement('b');
    b.textContent = bold;
    state.replaceChildren(b, text);
    state.dataset.kept = plan.isKept && !plan.isWaiting;
    document.getElementById('save')?.classList.toggle('main', !plan.isSaved && !isSaving);
}

function inWords() {
    if (isSaving) return [word('bezig'), word('bezig_uitleg')];
    const kept = plan.isKept ? word('wel_bewaard') : word('niet_bewaard');
    if (plan.isSaved) return [word('opgeslagen'), word('opgeslagen_waar', { naam: plan.name, tijd: clock(plan.savedAt ?? Date.now()) })];
    if (plan.saved) return [word('niet_in_bestand'), `${changes()}, ${kept}`];
    return [word('geen_bestand'), kept[0].toUpperCase() + kept.slice(1)];
}

afterEach(showState);

addEventListener('beforeunload', (event) => {
    if (plan?.isTyped && !plan.isSaved) event.preventDefault();
});
