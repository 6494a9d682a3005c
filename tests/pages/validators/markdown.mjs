// Markdown as GitHub reads it, parsed as GFM by micromark, which shares no code with planmaker.

import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';

export function parse(text) {
    return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

export function markdown(text) {
    const problems = [];
    const slugs = new GithubSlugger();
    const anchors = new Set();
    const links = [];
    let depth = 0;
    visit(parse(text), (node) => {
        const add = (problem) => problems.push(`markdown: line ${node.position.start.line}: ${problem}`);
        if (node.type === 'html') add(`HTML: ${node.value.slice(0, 80)}`);
        if (node.type === 'image' || node.type === 'imageReference') add(`an image: ${node.url ?? node.label}`);
        if (node.type === 'table') {
            const widths = node.children.map((row) => row.children.length);
            if (widths.some((width) => width !== widths[0])) add(`a table with rows of ${[...new Set(widths)]} cells`);
        }
        if (node.type === 'heading') {
            const heading = toString(node);
            if (node.depth > depth + 1) add(`heading ‘${heading}’ goes from level ${depth} to ${node.depth}`);
            if (node.depth === 1 && depth > 0) add(`heading ‘${heading}’ is a second title`);
            if (!heading.trim()) add('a heading without text');
            depth = node.depth;
            anchors.add(slugs.slug(heading));
        }
        if (node.type === 'link' && node.url.startsWith('#')) links.push([node, add]);
    });
    for (const [node, add] of links) {
        if (!anchors.has(decodeURIComponent(node.url.slice(1)))) add(`link to ${node.url}, which is no heading`);
    }
    return problems;
}
