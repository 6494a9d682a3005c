import { launch } from './browser.mjs';
const b = await launch();
for (const arg of process.argv.slice(2)) {
  const [file, width, scheme, out] = arg.split(',');
  const c = await b.newContext({ viewport: { width: +width, height: 800 }, colorScheme: scheme });
  const p = await c.newPage(); await p.goto('file://' + file);
  const over = await p.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0,5).map(e => e.outerHTML.slice(0,80))]);
  console.log(out, JSON.stringify(over));
  await p.screenshot({ path: out, fullPage: true }); await c.close();
}
await b.close();
