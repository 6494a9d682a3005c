// A text box turns all line ends into one kind. What the user leaves alone keeps its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merge } from '../src/merge.js';

const shown = (text) => text.replace(/\r\n?/g, '\n');

test('an edit keeps the line ends of other lines', () => {
    assert.equal(merge('a\r\nb\r\nc\r\n', 'a\nx\nc\n'), 'a\r\nx\r\nc\r\n');
    assert.equal(merge('a\r\nb\nc\rd', 'a\nb\nc\nx\nd'), 'a\r\nb\nc\rx\r\nd');
    assert.equal(merge('a\nb', 'a\nb\nc'), 'a\nb\nc');
    assert.equal(merge('a\r\n\r\nb', 'a\nb'), 'a\r\nb');
    assert.equal(merge('', 'a\nb'), 'a\nb');
    assert.equal(merge('a\r\n', ''), '');
});

test('any edit reads back as what the text box shows, and no edit changes nothing', () => {
    const pieces = ['a', 'b', '\r', '\n', '\r\n', '😀', 'é'];
    let seed = 7;
    const pick = (count) => (seed = (seed * 48271) % 2147483647) % count;
    const some = () => Array.from({ length: pick(9) }, () => pieces[pick(pieces.length)]).join('');
    for (let round = 0; round < 20_000; round += 1) {
        const text = some();
        assert.equal(merge(text, shown(text)), text);
        const edited = shown(some());
        assert.equal(shown(merge(text, edited)), edited, JSON.stringify([text, edited]));
    }
});
