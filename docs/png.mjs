// Small PNG files: screenshots with a palette instead of a colour per pixel.

import { crc32 as crc, deflateSync } from 'node:zlib';

const COLOURS = 256;

/** Reduces a screenshot to its most frequent colours, in a page of the browser that decodes it. */
export async function withPalette(page, png) {
    const address = `data:image/png;base64,${png.toString('base64')}`;
    const { width, height, colours } = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const colours = Array.from({ length: data.length / 4 }, (_, at) => (data[at * 4] << 16) | (data[at * 4 + 1] << 8) | data[at * 4 + 2]);
        return { width: image.width, height: image.height, colours };
    }, address);
    const palette = frequent(colours);
    const nearest = new Map(palette.map((colour, index) => [colour, index]));
    const rows = Buffer.alloc((width + 1) * height);
    colours.forEach((colour, at) => {
        if (!nearest.has(colour)) nearest.set(colour, closest(colour, palette));
        // Each row begins with its filter: none.
        rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = nearest.get(colour);
    });
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    // Eight bits per pixel, with a palette.
    header.set([8, 3, 0, 0, 0], 8);
    return Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        chunk('IHDR', header),
        chunk('PLTE', Buffer.from(palette.flatMap(channels))),
        chunk('IDAT', deflateSync(rows, { level: 9 })),
        chunk('IEND', Buffer.alloc(0)),
    ]);
}

function frequent(colours) {
    const counts = new Map();
    for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    const byCount = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b);
    return byCount.slice(0, COLOURS).map(([colour]) => colour);
}

function closest(colour, palette) {
    const own = channels(colour);
    const distances = palette.map((other) => channels(other).reduce((sum, channel, at) => sum + (channel - own[at]) ** 2, 0));
    return distances.indexOf(Math.min(...distances));
}

function channels(colour) {
    return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function chunk(kind, data) {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}
