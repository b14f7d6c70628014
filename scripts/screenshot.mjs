/** Takes README's pictures from the real page: `npm run screenshot`. Rewrites docs/screenshot-dark.png and -light.png. */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ROOT } from './build.mjs';
import { startBuiltServer } from './built-server.mjs';
import { findChromium } from './chromium.mjs';

const server = await startBuiltServer();
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
await page.goto(server.url);
// Past the flash crowd's rush, so that there is something to see over time.
await page.locator('.meter-clock', { hasText: /^1:/ }).waitFor({ timeout: 120_000 });
await page.getByRole('tab', { name: 'Peers', exact: true }).click();
await page.getByRole('combobox', { name: /find a peer/i }).fill('film');
await page.getByRole('option').last().click();
await page
  .getByText(/was given \d+ peers/)
  .first()
  .waitFor();
for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
  await page.emulateMedia({ colorScheme });
  // One frame for the theme to reach the canvas, and one for it to be drawn.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
  await page.screenshot({ path: join(ROOT, `docs/screenshot-${colorScheme}.png`) });
  console.log(`docs/screenshot-${colorScheme}.png`);
}
await browser.close();
await server.stop();
