// What the browser keeps: plans in IndexedDB, by an id of their own. On a disk, all pages of the computer share that storage.

const NAME = 'planmaker';
const STORE = 'plans';

let opened;

function database() {
    opened ??= new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new Error('blocked'));
    });
    // Tries again next time.
    opened.catch(() => (opened = undefined));
    return opened;
}

/** Runs a request in a transaction. Resolves once the browser has kept it. */
async function run(mode, work) {
    const transaction = (await database()).transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
}

export function find(id) {
    return run('readonly', (store) => store.get(id));
}

export async function all() {
    const drafts = await run('readonly', (store) => store.getAll());
    return drafts.sort((a, b) => b.when - a.when);
}

export function erase(id) {
    return run('readwrite', (store) => store.delete(id));
}

export async function put(draft) {
    try {
        await run('readwrite', (store) => store.put(draft));
    } catch (error) {
        if (error.name !== 'DataCloneError') throw error;
        // Not every browser keeps the place of a file.
        await run('readwrite', (store) => store.put({ ...draft, handle: undefined }));
    }
}

/** A new id. */
export function newId() {
    return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('');
}
