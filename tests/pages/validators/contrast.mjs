// Contrast of text where axe-core cannot measure it: in drawings and in scrolling regions. Compares the text's colour with
// the paint under it, at points along the text: at least 4.5 to 1 (WCAG 1.4.3).

const MIN_CONTRAST = 4.5;

/** Validates every text in a drawing, and the elements that `undecided` selects. */
export function contrast(page, undecided) {
    return page.evaluate(inPage, { minimum: MIN_CONTRAST, undecided });
}

// Runs in the page, so it can use nothing from outside.
function inPage({ minimum, undecided }) {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

    // Parses any CSS colour to [red, green, blue, opacity].
    const parsed = new Map();
    const parse = (colour) => {
        if (!parsed.has(colour)) {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
            parsed.set(colour, [red, green, blue, alpha / 255]);
        }
        return parsed.get(colour);
    };
    const over = ([red, green, blue, alpha], under) =>
        [red, green, blue].map((part, nr) => part * alpha + under[nr] * (1 - alpha));
    const luminance = (colour) => {
        const [red, green, blue] = colour.map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = (one, other) => {
        const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
    };
    const opacity = (element) =>
        element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;

    // The colour that an element paints behind others; null if it is more than one colour.
    const paint = (element) => {
        const style = getComputedStyle(element);
        const isDrawn = element instanceof SVGElement && !(element instanceof SVGSVGElement);
        if (isDrawn && !(element instanceof SVGGeometryElement)) return [0, 0, 0, 0];
        const colour = isDrawn ? style.fill : style.backgroundColor;
        if (colour.startsWith('url(') || (!isDrawn && style.backgroundImage !== 'none')) return null;
        if (colour === 'none' || style.visibility !== 'visible') return [0, 0, 0, 0];
        const [red, green, blue, alpha] = parse(colour);
        return [red, green, blue, alpha * opacity(element) * (isDrawn ? Number(style.fillOpacity) : 1)];
    };
    const ink = (text) => {
        const style = getComputedStyle(text);
        const isDrawn = text instanceof SVGElement;
        const [red, green, blue, alpha] = parse(isDrawn ? style.fill : style.color);
        return [red, green, blue, alpha * opacity(text) * (isDrawn ? Number(style.fillOpacity) : 1)];
    };

    // The middles of some characters of an element.
    const points = (text) => {
        const nodes = [...text.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const letters = nodes.flatMap((node) => [...node.data].flatMap((letter, nr) => (letter.trim() ? [[node, nr]] : [])));
        const step = Math.max(1, Math.floor(letters.length / 8));
        const range = document.createRange();
        return letters
            .filter((_, nr) => nr % step === 0)
            .map(([node, nr]) => {
                range.setStart(node, nr);
                range.setEnd(node, nr + 1);
                const { x, y, width, height } = range.getBoundingClientRect();
                return [x + width / 2, y + height / 2];
            });
    };
    const isInside = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;

    // The contrast of a text at a point, if it is visible there.
    const at = (text, [x, y]) => {
        const stack = document.elementsFromPoint(x, y);
        const place = stack.indexOf(text);
        if (place < 0 || stack.slice(0, place).some((element) => paint(element)?.[3] === 1)) return [];
        const paints = stack.slice(text instanceof SVGElement ? place + 1 : place).map(paint);
        const opaque = paints.findIndex((layer) => layer === null || layer[3] === 1);
        if (paints[opaque] === null) return [0];
        const sheet = parse(getComputedStyle(reach).backgroundColor);
        const ground = paints
            .slice(0, opaque < 0 ? undefined : opaque + 1)
            .reduceRight((under, layer) => over(layer, under), sheet.slice(0, 3));
        return [ratio(over(ink(text), ground), ground)];
    };

    // The contrast of a text wherever it is visible. Only in a drawing can the background differ from letter to letter.
    const ratiosOf = (text) => {
        const isDrawn = text instanceof SVGElement;
        // A cell may be wider than the window, with its text at either end.
        for (const inline of isDrawn ? ['center'] : ['start', 'end', 'center']) {
            text.scrollIntoView({ block: 'center', inline, behavior: 'instant' });
            const seen = points(text).filter(isInside).values().flatMap((point) => at(text, point));
            const ratios = [...(isDrawn ? seen : seen.take(1))];
            if (ratios.length > 0) return ratios;
        }
        return [];
    };

    const validate = (text) => {
        const name = `<${text.localName}> ‘${text.textContent.trim().slice(0, 40)}’`;
        const ratios = ratiosOf(text);
        if (ratios.length === 0) return [`contrast: ${name} is not visible`];
        const worst = Math.min(...ratios);
        if (worst === 0) return [`contrast: ${name} has a background of several colours`];
        return worst < minimum ? [`contrast: ${name} has ${worst.toFixed(2)} to 1`] : [];
    };

    // elementsFromPoint skips shapes and texts without pointer events.
    const reach = document.createElement('style');
    reach.textContent = 'svg, svg * { pointer-events: all !important }';
    reach.style.backgroundColor = 'canvas';
    document.head.append(reach);
    const drawn = [...document.querySelectorAll('svg :is(text, tspan)')];
    const texts = new Set([...drawn, ...undecided.map((selector) => document.querySelector(selector))]);
    const isShown = (text) => points(text).length > 0 && text.checkVisibility({ visibilityProperty: true });
    const problems = [...texts].filter(isShown).flatMap(validate);
    reach.remove();
    scrollTo(0, 0);
    return problems;
}
