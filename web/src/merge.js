// The text of a file and the text in a text box, which knows one kind of line end.

/** A text as a text box shows it. */
function shown(text) {
    return text.replace(/\r\n?/g, '\n');
}

/**
 * The text of a file after an edit in a text box. Whatever the user left alone keeps its line ends; new lines get that of the
 * first line.
 */
export function merge(text, edited) {
    const old = shown(text);
    if (old === edited) return text;
    const most = Math.min(old.length, edited.length);
    let start = 0;
    while (start < most && old[start] === edited[start]) start += 1;
    let end = 0;
    while (end < most - start && old[old.length - 1 - end] === edited[edited.length - 1 - end]) end += 1;
    const ending = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
    const written = edited.slice(start, edited.length - end).replaceAll('\n', ending);
    const from = offset(text, start);
    const merged = text.slice(0, from) + written + text.slice(offset(text, old.length - end, from, start));
    // Halves of two line ends may have become one.
    return shown(merged) === edited ? merged : edited.replaceAll('\n', ending);
}

/** The place in a text that a place in the shown text is, counted on from a place in both. */
function offset(text, place, from = 0, at = 0) {
    let offset = from;
    for (let passed = at; passed < place; passed += 1) offset += text[offset] === '\r' && text[offset + 1] === '\n' ? 2 : 1;
    return offset;
}
