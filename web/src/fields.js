// What helps to fill in a field: the calendar, signs of Markdown, a search in a list of choices.

import { ask } from './notes.js';
import { spoken, word } from './words.js';

/** Opens the calendar of a date field, which writes the date as a text. */
export function pick(button) {
    const field = document.getElementById(button.dataset.date);
    const calendar = button.parentElement.querySelector('input[type="date"]');
    if (!field || !calendar) return;
    calendar.onchange = () => {
        if (calendar.value) fill(field, words(calendar.value));
        calendar.onchange = null;
    };
    calendar.showPicker();
}

/** A date as people write it. */
function words(date) {
    const day = new Date(`${date}T12:00:00`);
    return day.toLocaleDateString(spoken() === 'en' ? 'en-GB' : spoken(), { day: 'numeric', month: 'long', year: 'numeric' });
}

function fill(field, value) {
    field.value = value;
    field.focus();
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
}

/** The source to cite that the user chooses, empty for one that is not there yet; undefined for none. */
async function source() {
    const known = [...document.querySelectorAll('#sources option')];
    if (known.length === 0) return '';
    // Buttons have names, because an answer that is empty means none.
    const buttons = known.map((option, nr) => [option.textContent, String(nr)]);
    const chosen = await ask([word('welke_bron'), word('welke_bron_uitleg')], [...buttons, [word('andere_bron'), 'other']]);
    return chosen === 'other' ? '' : known[chosen]?.value;
}

/** Puts signs of Markdown around or before what is selected. */
export async function mark(button) {
    const field = document.getElementById(button.closest('[data-for]').dataset.for);
    if (!field) return;
    const { selectionStart: start, selectionEnd: end, value } = field;
    const selected = value.slice(start, end);
    if (button.dataset.md === 'list') {
        const from = value.lastIndexOf('\n', start - 1) + 1;
        const lines = value.slice(from, end).split('\n');
        const listed = lines.map((line) => (line.startsWith('- ') ? line : `- ${line}`)).join('\n');
        field.setRangeText(listed, from, end, 'end');
    } else if (button.dataset.md === 'bold') {
        field.setRangeText(`**${selected}**`, start, end);
        field.setSelectionRange(start + 2, start + 2 + selected.length);
    } else {
        const cited = await source();
        if (cited === undefined) return;
        field.setRangeText(`[@${cited}]`, end, end, 'end');
        if (!cited) field.setSelectionRange(end + 2, end + 2);
    }
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Hides the choices that do not match the search field. What is chosen always shows. */
export function filter(search) {
    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const parts = plain(search.value).split(/\s+/).filter(Boolean);
    for (const choice of search.closest('fieldset').querySelectorAll('label')) {
        const text = plain(choice.textContent);
        choice.hidden = !choice.querySelector(':checked') && !parts.every((part) => text.includes(part));
    }
}

/** Searches again in lists that were replaced. */
export function filterAll() {
    for (const search of document.querySelectorAll('#main [type="search"]')) if (search.value) filter(search);
}
