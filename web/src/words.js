// The few words that the script itself needs. They come from the library.

let words = {};
let language = 'nl';

export function learn(learnt) {
    words = learnt;
}

/** The word with that key, with `{name}` replaced by the value of that name. */
export function word(key, values = {}) {
    const text = words[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export function speak(tag) {
    language = tag;
    document.documentElement.lang = tag;
}

export function spoken() {
    return language;
}

/** The time of day, and the day if that is not today. */
export function when(time) {
    const [then, now] = [new Date(time), new Date()];
    const clock = then.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
    const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
    const days = Math.round((midnight(then) - midnight(now)) / 86_400_000);
    const day =
        days >= -1
            ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
            : then.toLocaleDateString(language, { day: 'numeric', month: 'long', year: 'numeric' });
    return word('wanneer', { dag: day, tijd: clock });
}

export function clock(time) {
    return new Date(time).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
}
