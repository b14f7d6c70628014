import { describe, expect, it } from 'vitest';
import { importProblem } from './import-table.mjs';

describe('the import table', () => {
  const allowed: readonly [file: string, specifier: string, typeOnly?: boolean][] = [
    ['src/tracker/tracker.ts', '../protocol/rules.ts'],
    ['src/tracker/deep/er/x.ts', '../../../protocol/rules.ts'],
    ['src/tracker/deep/x.ts', '../states.ts'],
    // A folder of the same name as a forbidden one, within its own.
    ['src/tracker/deep/x.ts', '../peer/y.ts'],
    ['src/protocol/xml.ts', 'fast-xml-parser'],
    ['src/simulation/run.ts', '../transport/port.ts', true],
    ['src/workers/client.ts', './peers.worker.ts'],
    ['src/workers/peers.worker.ts', '../simulation/run.ts'],
    ['src/dashboard/run.ts', '../workers/client.ts'],
    ['src/dashboard/run.ts', '../workers/messages.ts', true],
    ['src/dashboard/run.ts', 'zustand/vanilla'],
    ['src/views/graph/Panel.tsx', '../../dashboard/run.ts'],
    ['src/views/graph/Panel.tsx', './layout.worker.ts?worker'],
    ['src/node/server.ts', 'node:http'],
    ['src/node/server.ts', '../tracker/tracker.ts'],
    ['src/main.tsx', './dashboard/run.ts'],
    ['src/main.tsx', './main.css'],
    ['src/tracker/tracker.test.ts', '../testing/build.ts'],
    ['src/tracker/tracker.test.ts', 'fast-check'],
    ['e2e/playwright.config.ts', '../scripts/chromium.mjs'],
  ];
  it.each(allowed)('%s may import %s', (file, specifier, typeOnly = false) => {
    expect(importProblem(file, specifier, typeOnly)).toBeUndefined();
  });

  const forbidden: readonly [file: string, specifier: string, typeOnly?: boolean][] = [
    ['src/protocol/x.ts', '../tracker/api.ts', true],
    ['src/protocol/x.ts', 'node:buffer'],
    ['src/tracker/x.ts', '../peer/peer.ts', true],
    ['src/tracker/deep/x.ts', '../../peer/peer.ts'],
    ['src/tracker/x.ts', '../../src/peer/peer.ts'],
    ['src/tracker/x.ts', '/src/peer/peer.ts'],
    ['src/tracker/x.ts', '../testing/build.ts'],
    ['src/simulation/run.ts', '../transport/fetch.ts'],
    ['src/simulation/run.ts', '../workers/messages.ts', true],
    ['src/workers/client.ts', '../dashboard/run.ts'],
    ['src/dashboard/run.ts', '../tracker/tracker.ts'],
    ['src/dashboard/run.ts', '../simulation/host.ts', true],
    ['src/views/Panel.tsx', '../protocol/rules.ts'],
    ['src/dashboard/run.ts', '../workers/messages.ts'],
    ['src/dashboard/run.ts', '../workers/client-of-another.ts'],
    ['src/dashboard/run.ts', 'react'],
    ['src/views/Panel.tsx', '../workers/client.ts'],
    ['src/views/Panel.tsx', '../tracker/api.ts', true],
    ['src/node/server.ts', '../dashboard/run.ts', true],
    ['src/node/server.ts', '../../scripts/build.mjs'],
    ['src/node/server.ts', 'http'],
    ['src/main.tsx', './tracker/tracker.ts'],
    ['src/novel/x.ts', './y.ts'],
    ['scripts/build.mjs', '../src/protocol/rules.ts'],
    ['src/tracker/x.ts', '../../../elsewhere/y.ts'],
  ];
  it.each(forbidden)('%s may not import %s', (file, specifier, typeOnly = false) => {
    expect(importProblem(file, specifier, typeOnly)).toBeTypeOf('string');
  });
});
