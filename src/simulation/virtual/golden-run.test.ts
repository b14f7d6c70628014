/**
 * What one preset comes to, byte for byte, as it was when this was committed: a change of an engine, a model, the
 * tracker or a codec that nobody meant to make shows here. Who means it puts the new hash in the old one's place, from
 * the message of the failing test, and says in CHANGELOG that runs of before are not repeated.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../scenario/read.ts';
import { LocalDesk } from './port.ts';
import { VirtualRun } from './run.ts';
import { SECOND } from './events.ts';

const PRESET = new URL('../../../public/scenarios/steady-film.json', import.meta.url);
/** Of its beginning. */
const SECONDS = 180;
const EXPECTED = '069f322299ec63951b9db2f95ad75616cdd4baf1e53cd909032e840c5c0c3c0d';

async function hashOf(parts: number, seed?: number): Promise<string> {
  const read = readScenario(readFileSync(PRESET, 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const scenario = { ...read.scenario, ...(seed !== undefined && { seed }) };
  const run = new VirtualRun({ scenario, desks: Array.from({ length: parts }, () => new LocalDesk()) });
  await run.advance({ until: SECONDS * SECOND });
  return run.eventsSha256();
}

test('the preset gives the bytes that it always gave, from one part, two and four', async () => {
  expect(await hashOf(1)).toBe(EXPECTED);
  expect(await hashOf(2)).toBe(EXPECTED);
  expect(await hashOf(4)).toBe(EXPECTED);
});

test('another seed gives others', async () => {
  expect(await hashOf(1, 4321)).not.toBe(EXPECTED);
});
