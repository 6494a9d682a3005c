// Valid HTML by html-validate, with its rules for documents and accessibility.

import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
    rules: {
        // A plan may have a long title; browsers shorten it on the tab.
        'long-title': 'off',
    },
});

export async function markup(html) {
    const { results } = await validator.validateString(html);
    return results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line, column }) => `html-validate ${ruleId}: ${message} (${line}:${column})`),
    );
}
