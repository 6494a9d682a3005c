// The texts of a plan: the leaves that are free text according to the JSON Schema.

/** The leaves of a plan: the path to each and whether it is free text. A reference to another item is not. */
export function leaves(plan, schema) {
    const ids = new Set();
    const found = [];
    collectKeys(plan, ids);
    walk(plan, schema, schema, [], (path, value, isFree) => found.push({ path, isText: isFree && !ids.has(value) }));
    return found;
}

function collectKeys(value, into) {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
        if (!Array.isArray(value)) into.add(key);
        collectKeys(child, into);
    }
}

function walk(value, schema, root, path, visit) {
    const alternatives = alternativesOf(schema, root);
    if (Array.isArray(value)) {
        const items = alternatives.find(({ items }) => items)?.items ?? {};
        value.forEach((item, nr) => walk(item, items, root, [...path, nr], visit));
    } else if (typeof value === 'object' && value !== null) {
        for (const [key, child] of Object.entries(value)) {
            const entry = alternatives.map(({ properties, additionalProperties }) => properties?.[key] ?? additionalProperties);
            walk(child, entry.find((schema) => typeof schema === 'object') ?? {}, root, [...path, key], visit);
        }
    } else if (value !== null) {
        visit(path, value, alternatives.some(isFree));
    }
}

function alternativesOf(schema, root) {
    if (schema.$ref) return alternativesOf(root.$defs[schema.$ref.replace('#/$defs/', '')], root);
    return schema.anyOf ? schema.anyOf.flatMap((one) => alternativesOf(one, root)) : [schema];
}

// Numbers, dates, periods and choices have a pattern or a list of values; free text has neither.
function isFree({ type, pattern, enum: choices }) {
    return [type].flat().includes('string') && pattern === undefined && choices === undefined;
}

/** A copy of a plan with another text at each of the places. */
export function replaced(plan, places, textFor) {
    const copy = structuredClone(plan);
    places.forEach(({ path }, nr) => {
        const parent = path.slice(0, -1).reduce((value, step) => value[step], copy);
        parent[path.at(-1)] = textFor(nr);
    });
    return copy;
}

/** A copy of a plan with at most two items of each kind. */
export function shortened(plan, schema) {
    const known = properties(schema);
    const shorten = (value) => {
        if (Array.isArray(value)) return value.slice(0, 2).map(shorten);
        if (typeof value !== 'object' || value === null) return value;
        const isOfItems = Object.keys(value).every((key) => !known.has(key));
        const entries = Object.entries(value).slice(0, isOfItems ? 2 : undefined);
        return Object.fromEntries(entries.map(([key, child]) => [key, shorten(child)]));
    };
    return shorten(plan);
}

/** A copy of a plan with another text for a third of everything, including dates, amounts, references and ids. */
export function mixed(plan, schema, textFor) {
    const known = properties(schema);
    let number = 0;
    const text = (own) => ((number += 1) % 3 === 0 ? textFor(number) : own);
    const mix = (value) => {
        if (Array.isArray(value)) return value.map(mix);
        if (typeof value !== 'object' || value === null) return text(value);
        return Object.fromEntries(Object.entries(value).map(([key, child]) => [known.has(key) ? key : text(key), mix(child)]));
    };
    return { ...mix(plan), versie: plan.versie };
}

/** The names of all fields. Every other key of a mapping is an id. */
function properties(schema, into = new Set()) {
    if (typeof schema !== 'object' || schema === null) return into;
    Object.keys(schema.properties ?? {}).forEach((key) => into.add(key));
    Object.values(schema).forEach((child) => properties(child, into));
    return into;
}
