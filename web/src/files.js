// Files on the user's disk: chosen, read and written.

const KIND = [{ accept: { 'application/yaml': ['.yaml', '.yml'] } }];

/** The most bytes that are read as a plan. The library reads fewer, and says so. */
const LARGEST = 8 * 1024 * 1024;

/** Lets the user choose a plan. Returns its file, and its place if the browser can write there; nothing if the user cancels. */
export async function choose() {
    if (window.showOpenFilePicker) {
        try {
            const [handle] = await window.showOpenFilePicker({ types: KIND });
            return { file: await handle.getFile(), handle };
        } catch (error) {
            if (error.name === 'AbortError') return undefined;
            if (error.name !== 'SecurityError' && error.name !== 'NotAllowedError') throw error;
        }
    }
    return new Promise((resolve) => {
        const input = document.createElement('input');
        Object.assign(input, { type: 'file', accept: '.yaml,.yml', hidden: true });
        const finish = (chosen) => {
            input.remove();
            resolve(chosen);
        };
        input.addEventListener('change', () => finish({ file: input.files[0] }));
        input.addEventListener('cancel', () => finish(undefined));
        document.body.append(input);
        input.click();
    });
}

/** The file that was dropped, and its place. */
export async function dropped(transfer) {
    const item = [...transfer.items].find((item) => item.kind === 'file');
    const place = item?.getAsFileSystemHandle?.();
    const file = item?.getAsFile();
    const handle = await place?.catch(() => undefined);
    return file && { file, handle: handle?.kind === 'file' ? handle : undefined };
}

/** The text of a file, byte for byte; nothing if it is no text. */
export async function read(file) {
    if (file.size > LARGEST) return undefined;
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
    } catch (error) {
        if (error instanceof TypeError) return undefined;
        throw error;
    }
}

/** Lets the user choose where to save. Returns nothing if the user cancels, and `null` if the browser cannot. */
export async function place(name) {
    if (!window.showSaveFilePicker) return null;
    try {
        return await window.showSaveFilePicker({ suggestedName: name, types: KIND });
    } catch (error) {
        if (error.name === 'AbortError') return undefined;
        if (error.name === 'SecurityError' || error.name === 'NotAllowedError') return null;
        throw error;
    }
}

export async function write(handle, text) {
    // The browser forgets the permission when the page closes.
    if ((await handle.requestPermission?.({ mode: 'readwrite' })) === 'denied') throw new Error('denied');
    const stream = await handle.createWritable();
    await stream.write(text);
    await stream.close();
}

export function download(contents, name, type) {
    const address = URL.createObjectURL(new Blob([contents], { type }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A short print of a text, to see whether two are the same. */
export async function print(text) {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
