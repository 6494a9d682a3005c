// The compiled library: requests in, replies and bytes out, through its memory.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const content = (id) => document.getElementById(id).textContent;

/** The bytes of a text in which five characters are four bytes. */
function bytes(text) {
    const bytes = new Uint8Array((text.length / 5) * 4);
    const view = new DataView(bytes.buffer);
    for (let at = 0, to = 0; at < text.length; to += 4) {
        let number = 0;
        for (const end = at + 5; at < end; at += 1) {
            const code = text.charCodeAt(at);
            number = number * 85 + code - (code < 60 ? 35 : 36);
        }
        view.setUint32(to, number);
    }
    return bytes;
}

/** Unpacks the library with a small library that the browser can unpack itself. */
async function unpack() {
    const small = new Blob([Uint8Array.from(atob(content('unpacker')), (c) => c.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const { instance } = await WebAssembly.instantiate(await new Response(small).arrayBuffer());
    const { memory, room, unpack, unpacked } = instance.exports;
    const packed = bytes(content('library'));
    const address = room(packed.length);
    new Uint8Array(memory.buffer).set(packed, address);
    const length = unpack();
    return new Uint8Array(memory.buffer, unpacked(), length);
}

/** What the library's dependencies ask of a browser. */
function imported(name) {
    // The time of a workbook, before planmaker sets it: files are the same for the same plan.
    if (name.startsWith('__wbg_now_')) return () => 0;
    // Random numbers, for zip files with passwords, and objects of a browser. It has neither.
    return () => {
        throw new Error(name);
    };
}

const browser = new Proxy({}, { get: () => new Proxy({}, { get: (_, name) => imported(name) }) });

/** Unpacks the library and starts it. Returns the function that handles an event. */
export async function load() {
    const { instance } = await WebAssembly.instantiate(await unpack(), browser);
    const { memory, room, call } = instance.exports;
    let failed;

    return function handle(event) {
        // After a panic its memory cannot be trusted.
        if (failed) throw failed;
        const request = encoder.encode(JSON.stringify(event));
        let answer;
        try {
            const address = room(request.length);
            new Uint8Array(memory.buffer).set(request, address);
            answer = call(request.length);
        } catch (error) {
            failed = error;
            throw error;
        }
        const lengths = new DataView(memory.buffer, answer >>> 0, 8);
        const [json, rest] = [lengths.getUint32(0, true), lengths.getUint32(4, true)];
        const start = (answer >>> 0) + 8;
        const reply = JSON.parse(decoder.decode(new Uint8Array(memory.buffer, start, json)));
        if (reply.broken) throw new Error(reply.broken);
        if (rest > 0) reply.bytes = new Uint8Array(memory.buffer, start + json, rest).slice();
        return reply;
    };
}
