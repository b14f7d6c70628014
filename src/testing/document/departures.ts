/**
 * Regions `departures EDITION`: what departs from the grammar, in the texts' own examples and on the wire, put to the
 * reader itself. A form that is read but draws no finding is one that some text has.
 */
import type { Decoded } from '../../protocol/codec.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import { asPeerId, asSwarmId } from '../../protocol/ids.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId, Method, Request, Response } from '../../protocol/message.ts';
import { BASE_DEPARTURES, EXTENDED_DEPARTURES } from './departures-base.ts';
import { GU04_DEPARTURES } from './departures-gu04.ts';
import { RFC7846_DEPARTURES } from './departures-rfc7846.ts';
import type { Regions } from './document.ts';
import { belowRoot, code, section, table } from './markdown.ts';

export interface Departure {
  readonly what: string;
  readonly body: string;
  /** Of a response: what it answers. */
  readonly answers?: Method;
  /** Of the message read, what shows how it was taken: `actions.0.mode`. */
  readonly shows: string;
}

const DEPARTURES: Readonly<Record<EditionId, readonly Departure[]>> = {
  rfc7846: RFC7846_DEPARTURES,
  'extended-1.1': EXTENDED_DEPARTURES,
  'base-1.0': BASE_DEPARTURES,
  'gu-04': GU04_DEPARTURES,
};

function read(edition: EditionId, { body, answers }: Departure): Decoded<Request | Response> {
  const codec = codecOf(edition);
  const bytes = new TextEncoder().encode(body);
  if (answers === undefined) return codec.decodeRequest(bytes);
  return codec.decodeResponse(bytes, answers, { peerId: asPeerId('erin'), swarmId: asSwarmId('film') });
}

function part(message: unknown, path: string): unknown {
  let value = message;
  for (const key of path.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return value;
}

function written(value: unknown): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'bigint') return code(String(value));
  if (value instanceof Uint8Array)
    return code(Array.from(value, (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(' '));
  return code(JSON.stringify(value));
}

function row(edition: EditionId, departure: Departure): readonly string[] {
  const decoded = read(edition, departure);
  // A form that is no longer read is no longer to be told of as one that is.
  if (!decoded.ok) throw new Error(`${edition}: ${departure.what}: ${decoded.error.problem}`);
  const findings = decoded.findings.map(
    ({ path, expected, section: text }) => `${code(belowRoot(path))}: ${expected} (${section(text)})`,
  );
  return [
    departure.what,
    `${code(departure.shows)}: ${written(part(decoded.message, departure.shows))}`,
    findings.join('; ') || '-',
  ];
}

export const DEPARTURE_REGIONS: Regions = Object.fromEntries(
  EDITIONS.map((edition) => [
    `departures ${edition}`,
    () =>
      table(
        ['seen', 'read as', 'finding: what the text asks for'],
        DEPARTURES[edition].map((departure) => row(edition, departure)),
      ),
  ]),
);
