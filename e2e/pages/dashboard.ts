/** The page as a user has it: what can be read off it and done with it. */
import { expect, type Locator, type Page } from '@playwright/test';

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

  /** Waits until so many peers are registered, as the page has it. */
  async waitForPeers(least: number, timeout = 20_000): Promise<void> {
    await expect.poll(() => this.value('peers'), { timeout }).toBeGreaterThanOrEqual(least);
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
