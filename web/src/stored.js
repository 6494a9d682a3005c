// Short notes of the browser, which it may refuse.

function access(name, action) {
    try {
        return action(window[name]);
    } catch {
        return undefined;
    }
}

const PREFIX = 'planmaker.';

/** The language that was chosen. */
export const language = {
    get: () => access('localStorage', (kept) => kept.getItem(`${PREFIX}language`)) ?? undefined,
    set: (tag) => access('localStorage', (kept) => kept.setItem(`${PREFIX}language`, tag)),
};

/** The plan of this tab, so that it is there again when the page is loaded again. */
export const open = {
    get: () => access('sessionStorage', (kept) => kept.getItem(`${PREFIX}plan`)) ?? undefined,
    set: (id) => access('sessionStorage', (kept) => kept.setItem(`${PREFIX}plan`, id)),
    clear: () => access('sessionStorage', (kept) => kept.removeItem(`${PREFIX}plan`)),
};
