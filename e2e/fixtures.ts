import { test as base } from '@playwright/test';
import { DashboardPage } from './pages/dashboard.ts';
import { startBuiltServer, type BuiltServer } from '../scripts/built-server.mjs';

interface Fixtures {
  readonly server: BuiltServer;
  /** The dashboard of `server`, opened. */
  readonly dashboard: DashboardPage;
}

/** A test with a server of its own and its page open: nothing that one test leaves reaches another. */
export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's needs off its first parameter; this one has none.
  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, lend) => {
    const server = await startBuiltServer();
    await lend(server);
    await server.stop();
  },
  dashboard: async ({ page, server }, lend) => {
    const dashboard = new DashboardPage(page);
    await page.goto(server.url);
    await lend(dashboard);
    await page.close();
  },
});

export { expect } from '@playwright/test';

export interface Stats {
  readonly peers: number;
  readonly swarms: readonly { readonly id: string; readonly seeds: number; readonly leeches: number }[];
  readonly requests: {
    readonly total: number;
    readonly byMethod: Readonly<Record<string, number>>;
    readonly byError: Readonly<Record<string, number>>;
    readonly byEdition: Readonly<Record<string, number>>;
  };
}

export async function statsOf(server: BuiltServer): Promise<Stats> {
  const response = await fetch(new URL('/stats', server.url));
  return (await response.json()) as Stats;
}

export const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
