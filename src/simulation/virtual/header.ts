/** The first line of a log: what run it is of. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Scenario } from '../scenario/schema.ts';
import type { LogDetail } from './log.ts';

export const LOG_FORMAT = 'swarmscope-events';
export const LOG_VERSION = 1;

const UTF8 = new TextEncoder();

/** Members in alphabetical order, so that the same scenario has the same text however it was written down. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of the scenario's canonical JSON, in hexadecimal. */
export const scenarioHash = (scenario: Scenario): string =>
  bytesToHex(sha256(UTF8.encode(canonical(scenario))));

export function headerOf(scenario: Scenario, hash: string, detail: LogDetail): Uint8Array<ArrayBuffer> {
  const header = {
    format: LOG_FORMAT,
    version: LOG_VERSION,
    scenarioSha256: hash,
    seed: scenario.seed,
    detail,
  };
  return UTF8.encode(`${JSON.stringify(header)}\n`);
}
