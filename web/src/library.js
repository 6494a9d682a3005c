// The compiled library: requests in, replies and bytes out, through its memory.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Unpacks the library and starts it. Returns the function that handles an event. */
export async function load(packed) {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const wasm = await new Response(unpacked).arrayBuffer();
    const { instance } = await WebAssembly.instantiate(wasm, {});
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
