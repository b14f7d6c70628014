import type { Page, Worker } from '@playwright/test';
import { DashboardPage } from './pages/dashboard.ts';
import { expect, test } from './fixtures.ts';

/** Which painter draws the picture, as the page was told last. */
const rendererOf = (page: Page) => page.locator('.graph').getAttribute('data-renderer');

async function graphWorker(page: Page): Promise<Worker> {
  const ofGraph = () => page.workers().find((one) => one.url().includes('graph'));
  await expect.poll(ofGraph).toBeDefined();
  return ofGraph() as Worker;
}

/** The picture, much smaller: three numbers a pixel. */
function pictureOf(page: Page): Promise<number[]> {
  return page
    .locator('canvas')
    .first()
    .evaluate((element: HTMLCanvasElement) => {
      const context = new OffscreenCanvas(320, 200).getContext('2d', { alpha: false });
      if (context === null) throw new Error('no 2D context');
      context.imageSmoothingQuality = 'high';
      context.drawImage(element, 0, 0, 320, 200);
      return [...context.getImageData(0, 0, 320, 200).data].filter((_, i) => i % 4 !== 3);
    });
}

const difference = (one: readonly number[], other: readonly number[]) => {
  const each = one.map((value, i) => Math.abs(value - (other[i] ?? 0)));
  return {
    mean: each.reduce((sum, by) => sum + by, 0) / each.length,
    most: each.reduce((most, by) => Math.max(most, by), 0),
  };
};

/** Waits until the picture stands still. */
async function settled(page: Page): Promise<number[]> {
  let latest = await pictureOf(page);
  await expect
    .poll(
      async () => {
        const before = latest;
        latest = await pictureOf(page);
        return difference(before, latest).most;
      },
      { intervals: [700], timeout: 90_000 },
    )
    .toBeLessThanOrEqual(2);
  return latest;
}

test('by WebGL2, if wished for, the picture is the same; when that is lost, it stays', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  // Hulls take their shape at once.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${server.url}?peers=60&renderer=webgl2`);
  await dashboard.waitForPeers(50);
  await dashboard.pause();
  await expect.poll(() => rendererOf(page)).toBe('webgl2');
  const worker = await graphWorker(page);
  // It asks with each picture whether its context is still there: so the context is found.
  await worker.evaluate(() => {
    const { prototype } = WebGL2RenderingContext;
    const known = Object.getOwnPropertyDescriptor(prototype, 'isContextLost')?.value as (
      this: WebGL2RenderingContext,
    ) => boolean;
    prototype.isContextLost = function (this: WebGL2RenderingContext) {
      Object.assign(self, { lose: () => this.getExtension('WEBGL_lose_context')?.loseContext() });
      return known.call(this);
    };
  });
  await page.mouse.move(300, 300);
  await page.mouse.move(2, 2);
  const before = await settled(page);
  expect(await rendererOf(page)).toBe('webgl2');

  // Each frame that is seen from now on is compared with the one at the beginning.
  const watched = page
    .locator('canvas')
    .first()
    .evaluate(async (element: HTMLCanvasElement) => {
      const context = new OffscreenCanvas(16, 10).getContext('2d', { alpha: false });
      if (context === null) throw new Error('no 2D context');
      context.imageSmoothingQuality = 'high';
      const look = () => {
        context.drawImage(element, 0, 0, 16, 10);
        return context.getImageData(0, 0, 16, 10).data;
      };
      const first = look();
      let most = 0;
      let frames = 0;
      for (const until = performance.now() + 3000; performance.now() < until; frames++) {
        await new Promise(requestAnimationFrame);
        for (const [i, value] of look().entries()) most = Math.max(most, Math.abs(value - (first[i] ?? 0)));
      }
      return { most, frames };
    });
  await worker.evaluate(() => (self as unknown as { lose: () => void }).lose());
  const { most, frames } = await watched;
  // Nothing but ground would be further off: even the emptiest of these pictures has hulls.
  expect(frames).toBeGreaterThan(10);
  expect(most).toBeLessThan(8);
  await expect.poll(() => rendererOf(page)).toBe('raster');
  const after = await settled(page);
  const apart = difference(before, after);
  expect(apart.mean).toBeLessThan(0.5);
  expect(apart.most).toBeLessThan(12);
});

test('by itself the page takes WebGL2 only where it is faster than the processor', async ({
  page,
  server,
}) => {
  const dashboard = new DashboardPage(page);
  // Before the trial's program comes, it is seen to that its end will be known: it gives its context back.
  await page.route(/\/trial-[^/]*\.js$/, async (route) => {
    await (
      await graphWorker(page)
    ).evaluate(() => {
      const { prototype } = WebGL2RenderingContext;
      const known = Reflect.get(prototype, 'getExtension') as (
        this: WebGL2RenderingContext,
        name: string,
      ) => unknown;
      Object.assign(prototype, {
        getExtension(this: WebGL2RenderingContext, name: string) {
          if (name === 'WEBGL_lose_context') Object.assign(self, { givenBack: true });
          return known.call(this, name);
        },
      });
    });
    await route.continue();
  });
  await page.goto(`${server.url}?renderer=gpu`);
  await expect(page.getByText(/renderer: one of measured, raster, webgl2\./)).toBeVisible();
  await dashboard.waitForPeers(100);
  const worker = await graphWorker(page);
  await expect.poll(() => worker.evaluate(() => 'givenBack' in self)).toBe(true);
  await expect.poll(() => rendererOf(page)).toBe('raster');
  expect(dashboard.complaints).toEqual([]);
});
