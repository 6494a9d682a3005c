// Puts the page together: `node bundle.mjs LIBRARY UNPACKER`, the packed library and the wasm that unpacks it. Everything in one file, because a page from disk may not fetch others.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, deflateRawSync } from 'node:zlib';
import { build } from 'esbuild';

/** The most bytes that the page may have. */
const LARGEST = 2_000_000;

const here = (path) => new URL(path, import.meta.url);

async function bundle(entry, format) {
    const { outputFiles } = await build({
        entryPoints: [here(entry).pathname],
        bundle: true,
        format,
        minify: true,
        legalComments: 'none',
        target: ['chrome123', 'firefox121', 'safari17.5'],
        charset: 'utf8',
        write: false,
        logLevel: 'warning',
    });
    return outputFiles[0].text.trim();
}

/** Bytes as text: five characters for four bytes, each of 85 that HTML takes for text. src/library.js reads them. */
function inText(bytes) {
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    const parts = [];
    for (let at = 0; at < padded.length; at += 4) {
        let number = padded.readUInt32BE(at);
        let text = '';
        for (let place = 0; place < 5; place += 1) {
            // From # to x, without <, which could end the element.
            const digit = number % 85;
            text = String.fromCharCode(digit < 25 ? 35 + digit : 36 + digit) + text;
            number = Math.floor(number / 85);
        }
        parts.push(text);
    }
    return parts.join('');
}

const [library, unpacker] = process.argv.slice(2, 4).map((path) => readFileSync(path));
const isQuick = process.argv[4] === '--quick';
const small = deflateRawSync(unpacker, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
const script = await bundle('src/main.js', 'esm');
const style = await bundle('src/page.css');
const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}' 'wasm-unsafe-eval'`,
    // Previews are documents with a style of their own, and inherit this policy.
    "style-src 'unsafe-inline'",
    'img-src data:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
].join('; ');

const parts = { policy, style, script, unpacker: small.toString('base64'), library: inText(library) };
const frame = readFileSync(here('src/page.html'), 'utf8');
const page = frame.replace(/\{(policy|style|script|unpacker|library)\}/g, (_, name) => parts[name]);

for (const [name, text] of [['script', script], ['style', style]]) {
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`The ${name} would end its own element.`);
}
mkdirSync(here('dist'), { recursive: true });
writeFileSync(here('dist/planmaker.html'), page);

const size = Buffer.byteLength(page);
console.log(`web/dist/planmaker.html: ${size} bytes, of which ${library.length} packed library, ${script.length} script, ${style.length} style`);
if (size > LARGEST && !isQuick) throw new Error(`The page has more than ${LARGEST} bytes.`);
