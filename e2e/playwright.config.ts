import { defineConfig } from '@playwright/test';

const executablePath = process.env['SWARMSCOPE_CHROMIUM'];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  // Each test has a server and some three hundred peers: two at a time would measure each other.
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  // For machines several times slower than ours, and busy: a limit here only ends what would never come true.
  // Where a promise of the product is tested, the test itself states its limit.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's sandbox does not work for root, as in containers. No requests of its own to the outside.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
