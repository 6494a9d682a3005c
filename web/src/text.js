// The text tab: line numbers and marks.

/** Fills in what belongs to the text box: line numbers with marks. */
export function dress() {
    const box = document.querySelector('[data-text]');
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
    const box = document.querySelector('[data-text]');
    if (!box) return;
    const before = box.value.split('\n').slice(0, line - 1);
    const at = before.reduce((sum, text) => sum + text.length + 1, 0);
    box.focus();
    box.setSelectionRange(at + column - 1, at + column - 1);
    const height = parseFloat(getComputedStyle(box).lineHeight);
    box.scrollTop = Math.max(0, (line - 4) * height);
    dress();
}

document.addEventListener('scroll', ({ target }) => target.matches?.('[data-text]') && dress(), { capture: true });
