// Two tabs on one plan: one of them writes, and the other follows. The writer has the lock of the plan.

import { note, close } from './notes.js';
import { word } from './words.js';

/** How long a tab that was asked to let go may take, in milliseconds. */
const PATIENCE = 1000;

const channel = window.BroadcastChannel && new BroadcastChannel('planmaker');
const locks = navigator.locks;

let mine;

/**
 * Takes the lock of a plan, or waits for it. `tab` has `follow(message)` for what another tab wrote, `flush()` before another
 * tab takes over, and `write(isAgain)` once this tab writes.
 */
export async function enter(id, tab) {
    leave();
    // Without locks, one tab cannot know of another.
    if (!locks || !channel) return;
    mine = { id, tab, writes: false, waiting: undefined, release: undefined };
    await claim(mine, { ifAvailable: true });
    if (mine?.id === id && !mine.writes) wait(mine);
}

export function leave() {
    if (!mine) return;
    const left = mine;
    mine = undefined;
    left.waiting?.abort();
    left.release?.();
    close('tabs');
}

export function isReader() {
    return mine !== undefined && !mine.writes;
}

/** Tells the other tabs what this one wrote. */
export function tell(message) {
    if (mine?.writes) channel.postMessage({ ...message, id: mine.id, kind: 'wrote' });
}

/** Resolves once this tab has the lock, or cannot have it. */
function claim(own, options) {
    return new Promise((resolve) => {
        const held = (lock) => {
            if (!lock || own !== mine) return resolve();
            own.writes = true;
            resolve();
            return new Promise((release) => (own.release = release));
        };
        locks
            .request(`planmaker.${own.id}`, options, held)
            // Another tab stole it, or this one no longer waits.
            .catch(() => {
                resolve();
                if (own === mine && own.writes) becomeReader(own);
            });
    });
}

function becomeReader(own) {
    own.writes = false;
    own.release = undefined;
    wait(own);
}

/** Follows the other tab until that lets go. */
async function wait(own) {
    note('tabs', 'warn', [word('ander_tabblad'), word('ander_tabblad_uitleg')], [[word('verder_hier'), () => (takeOver(own), false)]]);
    document.body.dataset.reads = '';
    own.tab.follow();
    own.waiting = new AbortController();
    await claim(own, { signal: own.waiting.signal });
    if (own === mine && own.writes) begin(own);
}

function begin(own) {
    close('tabs');
    delete document.body.dataset.reads;
    own.tab.write();
}

/** Asks the writer to let go. It must not lose what was typed there, so that it is only robbed if it does not answer. */
async function takeOver(own) {
    channel.postMessage({ id: own.id, kind: 'give' });
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    if (own !== mine || own.writes) return;
    own.waiting?.abort();
    await claim(own, { steal: true });
    if (own === mine && own.writes) begin(own);
}

channel?.addEventListener('message', async ({ data }) => {
    const own = mine;
    if (data.id !== own?.id) return;
    if (data.kind === 'wrote' && !own.writes) own.tab.follow(data);
    if (data.kind === 'give' && own.writes) {
        await own.tab.flush();
        const { release } = own;
        becomeReader(own);
        release();
    }
});
