// Does a page print? On A4, and what is meant for one sheet on one sheet. How it looks there is for eyes.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** `sheets`: how many sheets it must be, where that is set. */
export async function paper({ page }, file, sheets) {
    const pdf = file.replace(/\.html$/, '.pdf');
    writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const about = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    const count = Number(/^Pages:\s+(\d+)/m.exec(about)?.[1]);
    const problems = [];
    if (!/^Page size:.*\(A4\)/m.test(about)) problems.push(`paper: not A4: ${/^Page size:.*/m.exec(about)?.[0]}`);
    if (sheets !== undefined && count !== sheets) problems.push(`paper: ${count} sheets instead of ${sheets}`);
    return problems;
}
