// Brings the parts together: which plan is open, and what happens between the user, the library and the browser.

import * as documents from './documents.js';
import * as drafts from './drafts.js';
import * as events from './events.js';
import * as fields from './fields.js';
import * as files from './files.js';
import { load } from './library.js';
import { ask, note } from './notes.js';
import { afterEach, focus, here, show } from './page.js';
import * as plan from './plan.js';
import * as sides from './sides.js';
import * as stored from './stored.js';
import * as tabs from './tabs.js';
import * as text from './text.js';
import { learn, speak, spoken, when, word } from './words.js';

/** What changes the plan, which only the tab that writes may do. */
const CHANGES = new Set(['edit', 'change', 'undo', 'redo', 'text']);
/** How many more changes there are than in the file after each kind of event. */
const STEPS = { edit: 1, change: 1, text: 1, redo: 1, undo: -1 };

let library;
/** Whether the start screen is shown, or the questions of a new plan. */
let isAtStart = true;

/** Lets the library handle an event; tells the user if that is not possible. */
function handle(event) {
    try {
        return library(event);
    } catch (error) {
        console.error(error);
        note('broken', 'bad', [word('mis'), word('mis_uitleg')], [
            [word('laad_opnieuw'), () => location.reload(), 'main'],
            [word('opslaan'), () => (plan.save(), false)],
        ]);
        return {};
    }
}

/** Sends an event. Returns the reply, if that comes at once. */
function send(event) {
    if (CHANGES.has(event.do) && tabs.isReader()) {
        document.querySelector('[data-note="tabs"] button')?.focus();
        return undefined;
    }
    if (event.do === 'start' || (event.do === 'show' && event.screen === 'start')) return void leaveToStart();
    if (event.do === 'new' || event.do === 'example') return void create(event);
    if (event.do === 'language') {
        stored.language.set(event.language);
        speak(event.language);
    }
    if (sides.isSheetOpen() && event.do !== 'panel') sides.closeSheet();
    const reply = handle(event);
    show(reply, { keep: event.do === 'edit' || event.do === 'text' });
    plan.take(reply, event.again ? 0 : (STEPS[event.do] ?? 0));
    if (reply.hash !== undefined) sides.closeMenu();
    if (event.do === 'language' && isAtStart) toStart();
    return reply;
}

/** Begins a plan with a request that makes one. */
async function create(event) {
    if (!(await plan.mayLeave())) return;
    const reply = handle(event);
    show(reply);
    if (reply.text === undefined) return;
    await change(() => plan.begin({ text: reply.text, name: reply.name }));
    plan.take(reply);
    enterTabs();
}

/** Replaces the open plan. */
async function change(begin) {
    tabs.leave();
    await plan.leave();
    events.forget();
    await begin();
    isAtStart = false;
    plan.keep();
}

function enterTabs() {
    const { id } = plan.current();
    tabs.enter(id, {
        follow(message) {
            if (message) again(message);
            setReadOnly();
        },
        flush: async () => {
            events.flush();
            await plan.keep();
        },
        async write() {
            const draft = await drafts.find(id).catch(() => undefined);
            if (draft) again(draft);
            setReadOnly();
        },
    });
}

/** Shows what another tab wrote, on the same screen as before. */
function again({ text: written, undo, visited, changes, saved, isSaved }) {
    const screen = here();
    const opened = handle({ do: 'open', text: written, visited: visited ?? [], undo });
    const there = screen ? handle(screen) : {};
    // The second reply has what changed since the first.
    show({ ...opened, focus: undefined, title: there.title }, { isBack: true });
    show({ ...there, focus: undefined }, { isBack: true });
    plan.follow(written, { undo, visited, changes, saved, isSaved });
}

function setReadOnly() {
    const reads = tabs.isReader();
    for (const field of document.querySelectorAll('#main :is(input, textarea):is([data-path], [data-text])')) field.readOnly = reads;
    for (const choices of document.querySelectorAll('#main fieldset[data-path]')) choices.disabled = reads;
}

/** Opens a file that the user chose or dropped. */
async function openFile(chosen) {
    if (!chosen?.file) return;
    const { file, handle: place } = chosen;
    const written = await files.read(file);
    const refuse = () =>
        note('open', 'bad', [word('geen_plan', { naam: file.name }), word('geen_plan_uitleg')], [[word('kies_bestand'), () => void choose()]]);
    if (written === undefined) return refuse();
    const same = place && (await draftOf(place));
    if (same && (await resumeInstead(same, written))) return;
    if (!(await plan.mayLeave())) return;
    const reply = handle({ do: 'open', text: written, visited: [], name: file.name });
    if (reply.refused) return refuse();
    await change(() => plan.begin({ text: written, name: file.name, handle: place, saved: true }));
    show(reply);
    plan.take(reply);
    enterTabs();
}

async function choose() {
    await openFile(await files.choose());
}

/** The plan that the browser keeps of a file. */
async function draftOf(place) {
    for (const draft of await drafts.all().catch(() => [])) {
        if (await draft.handle?.isSameEntry?.(place).catch(() => false)) return draft;
    }
    return undefined;
}

/** Goes on with what the browser keeps of the file, if that has work that the file has not. The user chooses if both changed. */
async function resumeInstead(draft, written) {
    const [ours, theirs] = await Promise.all([draft.text, written].map(files.print));
    if (ours === theirs || draft.saved === ours) {
        if (draft.id !== plan.current()?.id) await drafts.erase(draft.id);
        return false;
    }
    const isNewer = theirs !== draft.saved;
    const chosen = await ask(
        isNewer ? [word('beide_veranderd'), word('beide_veranderd_uitleg')] : [word('nog_werk'), word('nog_werk_uitleg')],
        [
            [word('gebruik_hier'), 'here', 'main'],
            [word('gebruik_bestand'), 'file'],
        ],
        [word('bekijk_verschillen'), handle({ do: 'compare', here: draft.text, there: written }).differences],
    );
    if (chosen === 'here') await resume(draft.id);
    return chosen !== 'file';
}

/** Goes on with a plan that the browser keeps. */
async function resume(id, screen) {
    if (plan.current()?.id !== id && !(await plan.mayLeave())) return;
    events.flush();
    await plan.keep();
    const draft = await drafts.find(id);
    if (!draft) return toStart();
    const { text: written, undo, visited, name } = draft;
    const reply = handle({ do: 'open', text: written, visited: visited ?? [], undo, name });
    await change(() => plan.resume(draft));
    show(reply, { isBack: Boolean(screen) });
    if (screen) show(handle(screen), { isBack: true });
    enterTabs();
}

async function erase({ id }) {
    const draft = await drafts.find(id);
    const isSaved = draft && draft.saved === (await files.print(draft.text));
    const chosen = await ask([word('wissen_vraag'), isSaved ? word('wissen_opgeslagen') : word('wissen_kwijt')], [
        ...(isSaved ? [] : [[word('eerst_opslaan_knop'), 'save', 'main']]),
        [word('wissen'), 'erase', 'danger'],
    ]);
    if (chosen === 'save') return resume(id).then(() => plan.save());
    if (chosen !== 'erase') return;
    if (plan.current()?.id === id) {
        tabs.leave();
        await plan.leave();
    }
    await drafts.erase(id);
    toStart();
}

/** Shows the start screen, unless that loses the answers for a new plan. */
async function leaveToStart() {
    const answers = document.querySelectorAll('#main[data-screen="new"] :is(input, textarea, select)');
    if ([...answers].some((answer) => answer.value.trim())) {
        const question = [word('antwoorden_weg'), word('antwoorden_weg_uitleg')];
        if ((await ask(question, [[word('stoppen'), 'leave', 'danger']])) !== 'leave') return;
    }
    await toStart();
}

/** Shows the start screen. The library has no plan then, but the browser keeps it. */
async function toStart(options) {
    events.flush();
    await plan.keep();
    const kept = await drafts.all().catch(() => []);
    isAtStart = true;
    show(handle(startWith(kept)), options);
}

function startWith(kept) {
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    const list = kept.map(({ id, title, name, when: time, changes }) => ({ id, title: title ?? name ?? '', when: when(time), changes }));
    return { do: 'start', language: spoken(), today, drafts: list };
}

const actions = {
    open: () => void choose(),
    save: () => void plan.save(),
    draft: (_, { id }) => void resume(id),
    erase: (_, args) => void erase(args),
    print: () => documents.print(),
    large: () => documents.enlarge(),
    download: (_, args) => documents.download(args),
    preview: () => documents.preview(),
    menu: sides.toggleMenu,
    sheet: sides.openSheet,
    'close-sheet': sides.closeSheet,
    escape: sides.closeSheet,
    line: text.goTo,
    text: (edited) => send({ do: 'text', text: edited }),
};

function listenToFiles() {
    const isFile = (event) => event.dataTransfer?.types.includes('Files');
    addEventListener('dragover', (event) => {
        if (!isFile(event)) return;
        event.preventDefault();
        document.querySelector('[data-drop]')?.classList.add('over');
    });
    addEventListener('dragleave', () => document.querySelector('[data-drop]')?.classList.remove('over'));
    addEventListener('drop', async (event) => {
        if (!isFile(event)) return;
        // Nor does the browser leave the page for it.
        event.preventDefault();
        document.querySelector('[data-drop]')?.classList.remove('over');
        await openFile(await files.dropped(event.dataTransfer));
    });
}

function firstLanguage() {
    const known = (tag) => ['nl', 'en'].find((ours) => tag.toLowerCase().startsWith(ours));
    return stored.language.get() ?? navigator.languages.map(known).find(Boolean) ?? 'nl';
}

async function start() {
    speak(firstLanguage());
    library = await load();
    learn(handle(startWith([])).words);
    documents.start(handle);
    events.listen(send, actions);
    listenToFiles();
    plan.whenKept((draft) => tabs.tell({ ...draft, handle: undefined }));
    afterEach(() => {
        document.getElementById('skip').textContent = word('naar_vragen');
        document.getElementById('notes').setAttribute('aria-label', word('meldingen'));
        text.dress();
        fields.filterAll();
        documents.preview();
        setReadOnly();
    });
    addEventListener('popstate', ({ state }) => {
        events.flush();
        const id = plan.current()?.id ?? stored.open.get();
        if (!state || !id) toStart({ isBack: true });
        else if (isAtStart) resume(id, state);
        else show(handle(state), { isBack: true });
    });
    document.getElementById('skip').addEventListener('click', (event) => {
        event.preventDefault();
        focus('main');
    });
    const screen = history.state;
    await toStart({ isBack: true });
    const id = stored.open.get();
    if (id && screen && (await drafts.find(id).catch(() => undefined))) await resume(id, screen);
    document.documentElement.dataset.ready = '';
}

start();
