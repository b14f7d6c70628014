/** From navigation to the first live picture: the built page, served as users have it, each time in a fresh browser profile. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { ROOT } from './build.mjs';
import { median } from './tables.mjs';

export const FIRST_PICTURES = 5;
/** Milliseconds. */
const LIMIT = 30_000;

/** Notes in the page when its picture first has discs: their colours, a pixel in a few. */
function watchPicture() {
  const copy = new OffscreenCanvas(320, 200);
  const ctx = copy.getContext('2d', { willReadFrequently: true });
  const look = () => {
    const canvas = document.querySelector('canvas');
    if (canvas !== null && canvas.width > 1 && ctx !== null) {
      ctx.drawImage(canvas, 0, 0, 320, 200);
      const { data } = ctx.getImageData(0, 0, 320, 200);
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
        // The greens of SEED and the oranges of LEECH; neither the tracker nor any text is near.
        if (green > red + 60 && green > blue + 20) return note();
        if (red > blue + 90 && red > green + 30) return note();
      }
    }
    requestAnimationFrame(look);
  };
  const note = () => {
    document.documentElement.dataset['firstPicture'] = String(performance.now());
  };
  requestAnimationFrame(look);
}

/** Of the command that serves the page and a tracker. @returns {Promise<{ url: string, stop: () => void }>} */
async function serve() {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'dist', 'node', 'swarmscope.js'), 'serve', '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { url, stop: () => child.kill('SIGTERM') };
  }
  throw new Error('the server did not say where it is');
}

/** @param {string} executablePath @returns {Promise<{ picture: number }>} Median, in milliseconds since navigation. */
export async function firstPicture(executablePath) {
  const server = await serve();
  try {
    /** @type {number[]} */
    const times = [];
    for (let i = 0; i < FIRST_PICTURES; i++) {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.addInitScript(watchPicture);
      await page.goto(server.url);
      const noted = await page.waitForFunction(
        () => document.documentElement.dataset['firstPicture'],
        undefined,
        { timeout: LIMIT },
      );
      times.push(Number(await noted.jsonValue()));
      await browser.close();
    }
    return { picture: median(times) };
  } finally {
    server.stop();
  }
}
