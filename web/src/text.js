// The text tab: line numbers, marks, and the text as it is in the file.

/** A text as a text box shows it, which knows one kind of line end. */
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
    return text.slice(0, from) + written + text.slice(offset(text, old.length - end, from, start));
}

/** The place in a text that a place in the shown text is, counted on from a place in both. */
function offset(text, place, from = 0, at = 0) {
    let offset = from;
    for (let passed = at; passed < place; passed += 1) offset += text[offset] === '\r' && text[offset + 1] === '\n' ? 2 : 1;
    return offset;
}

/** Fills in what belongs to the text box: line numbers with marks. */
export function dress() {
    const box = document.getElementById('text');
    const numbers = document.getElementById('text-lines');
    if (!box || !numbers) return;
    const marks = JSON.parse(document.getElementById('text-marks')?.dataset.marks ?? '{}');
    const count = box.value.split('\n').length;
    const state = `${count} ${JSON.stringify(marks)}`;
    if (numbers.dataset.state !== state) {
        numbers.dataset.state = state;
        numbers.replaceChildren(...lines(count, marks));
    }
    numbers.scrollTop = box.scrollTop;
}

function lines(count, marks) {
    const parts = [];
    let plain = '';
    for (let line = 1; line <= count; line += 1) {
        const end = line < count ? '\n' : '';
        if (!marks[line]) {
            plain += line + end;
            continue;
        }
        const mark = document.createElement('mark');
        mark.className = marks[line];
        mark.textContent = line;
        parts.push(plain, mark);
        plain = end;
    }
    return [...parts, plain];
}

/** Moves the caret to a line and column, both from 1, and shows it. */
export function goTo(line, column = 1) {
    const box = document.getElementById('text');
    if (!box) return;
    const before = box.value.split('\n').slice(0, line - 1);
    const at = before.reduce((sum, text) => sum + text.length + 1, 0);
    box.focus();
    box.setSelectionRange(at + column - 1, at + column - 1);
    const height = parseFloat(getComputedStyle(box).lineHeight);
    box.scrollTop = Math.max(0, (line - 4) * height);
    dress();
}

document.addEventListener('scroll', ({ target }) => target.id === 'text' && dress(), { capture: true });
