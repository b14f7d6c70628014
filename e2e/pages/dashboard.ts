/** The page as a user has it: what can be read off it and done with it. */
import { expect, type Locator, type Page, type Worker } from '@playwright/test';

export const METRICS = ['peers', 'seeds', 'leeches', 'swarms', 'requests', 'errors', 'rate'] as const;
export type Metric = (typeof METRICS)[number];

/** Pixels of the graph close to the colours of the two modes. */
export interface GraphPixels {
  readonly seed: number;
  readonly leech: number;
  /** The colour of the selection: its ring, and the arrows to the peers listed for it. */
  readonly selected: number;
  readonly width: number;
  readonly height: number;
}

export class DashboardPage {
  readonly page: Page;
  /** What the console and the page complained of. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  metric(name: Metric): Locator {
    return this.page.locator(`[data-metric="${name}"]`);
  }

  async value(name: Metric): Promise<number> {
    return Number(await this.metric(name).getAttribute('data-value'));
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** How message bodies are shown. */
  async showBodies(view: 'raw' | 'pretty' | 'explained'): Promise<void> {
    await this.page.getByRole('button', { name: view, exact: true }).click();
  }

  tab(name: 'Peer' | 'Messages' | 'Peers'): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  get alert(): Locator {
    return this.page.getByRole('alert');
  }

  /**
   * Resolves with the time, by the machine's clock, at which the alert first said so: noted in the page itself, as
   * asking from outside would add its own delay to what is measured.
   */
  alertSays(text: string): Promise<number> {
    return this.alert.evaluate(
      (alert, wanted) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            if ((alert.textContent ?? '').includes(wanted)) resolve(Date.now());
          };
          new MutationObserver(look).observe(alert, { subtree: true, childList: true, characterData: true });
          look();
        }),
      text,
    );
  }

  /** Waits until so many peers are registered, as the page has it. */
  async waitForPeers(least: number, timeout?: number): Promise<void> {
    await expect
      .poll(() => this.value('peers'), timeout === undefined ? {} : { timeout })
      .toBeGreaterThanOrEqual(least);
  }

  /**
   * Opens the page of the server on a run in which nobody comes and nobody goes, so that counts are exact on any
   * machine, with reports every so many seconds if told; resolves when all `peers` are there. The run before it has publishers only, who never crash: it leaves
   * nobody behind at the tracker.
   */
  async openQuiet(serverUrl: string, peers: number, reportInterval?: number): Promise<void> {
    await this.page.goto(`${serverUrl}?peers=3`);
    const dialog = await this.openSettings();
    await dialog.getByLabel(/peers at once/i).fill(String(peers));
    await dialog.getByLabel(/arrivals/i).fill('0');
    await dialog.getByLabel(/leave rate/i).fill('0');
    if (reportInterval !== undefined)
      await dialog.getByLabel(/report interval/i).fill(String(reportInterval));
    await dialog.getByRole('button', { name: /apply/i }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => this.drawnPeers()).toBe(peers);
  }

  /** Waits until the run is open and pauses it. Requests that are under way still come to their end. */
  async pause(): Promise<void> {
    await this.button(/^pause/i).click();
    await expect(this.button(/^resume/i)).toBeEnabled();
  }

  /** The workers that run the peers; how many depends on the machine. */
  peerWorkers(): Worker[] {
    return this.page.workers().filter((one) => one.url().includes('peers'));
  }

  /** A peer worker ends without a word, as after a fault of the browser's. */
  async killPeerWorker(): Promise<void> {
    const [worker] = this.peerWorkers();
    if (worker === undefined) throw new Error('no peer worker was found');
    // Not at once: a worker that is gone could not say that it did so.
    await worker.evaluate(() => void setTimeout(() => self.close()));
  }

  /** Opens the newest exchange whose row matches, in the tab Messages. */
  async openExchange(name: RegExp = /./): Promise<void> {
    const row = this.page
      .getByRole('list', { name: /latest exchanges/i })
      .getByRole('button', { name })
      .first();
    await expect(row).toBeVisible();
    // Held still: new rows would push this one from under the click, ever again on a slow machine.
    const hold = this.page.getByRole('button', { name: 'Hold', exact: true });
    if (await hold.isVisible()) await hold.click();
    await row.click();
  }

  /** Peers in the picture. */
  async drawnPeers(): Promise<number> {
    return Number(await this.page.locator('[data-graph-nodes]').getAttribute('data-graph-nodes'));
  }

  /** Selects the first peer found by the text, by keyboard alone. */
  async findPeer(text: string): Promise<void> {
    await this.page.locator('body').press('/');
    const field = this.page.getByRole('combobox', { name: /find a peer/i });
    await expect(field).toBeFocused();
    await field.fill(text);
    await field.press('Enter');
  }

  async openSettings(): Promise<Locator> {
    await this.button(/^settings/i).click();
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** What is drawn on the graph's canvas now, counted by colour (Okabe-Ito green and orange). */
  async graphPixels(): Promise<GraphPixels> {
    return this.page
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const copy = document.createElement('canvas');
        copy.width = canvas.width;
        copy.height = canvas.height;
        const context = copy.getContext('2d');
        if (context === null) throw new Error('no 2D context');
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, copy.width, copy.height);
        let seed = 0;
        let leech = 0;
        let selected = 0;
        for (let i = 0; i < data.length; i += 4) {
          const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]];
          // Full green with little red; full red with some green and little blue.
          if (g > 130 && r < 90 && b > 80 && b < 190) seed++;
          else if (r > 190 && g > 120 && g < 200 && b < 90) leech++;
          else if (r > 170 && b > 130 && g < 150 && r - g > 50) selected++;
        }
        return { seed, leech, selected, width: copy.width, height: copy.height };
      });
  }
}
