/** `swarmscope sizes`: bytes on the wire, as tables or as JSON. */
import { gzipSync } from 'node:zlib';
import { EDITIONS, MAX_PEER_LIST } from '../protocol/message.ts';
import type { EditionId } from '../protocol/message.ts';
import {
  CLAIMED_BYTES,
  claimed,
  claimRows,
  fitsSegment,
  FORMS,
  messageSizes,
  SEGMENT_BYTES,
} from '../protocol/sizes/sizes.ts';
import { ADDRESS_TYPES, ID_TYPES } from '../protocol/sizes/samples.ts';
import type { ClaimRow, Form, MessageSize } from '../protocol/sizes/sizes.ts';

export interface SizesOptions {
  /** All when absent. */
  readonly edition: EditionId | undefined;
  readonly json: boolean;
}

/** The text the claim is about. */
const CLAIMING: EditionId = 'base-1.0';

const gzip = (bytes: Uint8Array): number => gzipSync(bytes).length;

/** What the command prints, without the last line's end. */
export async function sizesText({ edition, json }: SizesOptions): Promise<string> {
  const editions = edition === undefined ? EDITIONS : [edition];
  const messages = await Promise.all(editions.map((each) => messageSizes(each, gzip)));
  if (json)
    return jsonText(messages.flat(), await Promise.all(editions.map((each) => claimRows(each, gzip))));
  const claim = edition ?? CLAIMING;
  const rows = await claimRows(claim, gzip);
  return [
    'Bytes of a message body: as the edition writes it, the same through gzip, and in a packed binary form.',
    'Peer IDs are 20 bytes in hexadecimal, addresses IPv4 with full details; HTTP headers are not counted.',
    '',
    ...messages.flatMap((sizes) => [...messageTable(sizes), '']),
    `Bytes of a response in ${claim} that lists ${MAX_PEER_LIST} peers, by their IDs and addresses. Details: least, IP and`,
    'port alone; full, with priority, type, AS number and peer protocol as well. The binary forms carry what',
    'the text carries. EXI (base-1.0 and extended-1.1): strict, schema-informed, bit-packed, computed from its',
    'datatypes, with IDs and addresses in the shortest of them, or both as strings.',
    `"<": under ${thousands(CLAIMED_BYTES)} bytes, as claimed. "+": fits one TCP segment of ${thousands(SEGMENT_BYTES)} bytes.`,
    '',
    ...claimTable(rows),
    '',
    ...claimSentence(claim, rows),
  ].join('\n');
}

function jsonText(messages: readonly MessageSize[], claims: readonly ClaimRow[][]): string {
  const verdicts = (
    row: ClaimRow,
    verdict: (row: ClaimRow, form: Form) => boolean,
  ): Record<string, boolean> => Object.fromEntries(formsOf([row]).map((form) => [form, verdict(row, form)]));
  return JSON.stringify(
    {
      peers: MAX_PEER_LIST,
      claimedBytes: CLAIMED_BYTES,
      segmentBytes: SEGMENT_BYTES,
      messages,
      claim: claims.flat().map((row) => ({
        ...row,
        underClaimed: verdicts(row, claimed),
        oneSegment: verdicts(row, fitsSegment),
      })),
    },
    undefined,
    2,
  );
}

const thousands = (bytes: number): string => bytes.toLocaleString('en');

const formsOf = (rows: readonly ClaimRow[]): Form[] =>
  FORMS.filter((form) => rows.some((row) => row.bytes[form] !== undefined));

function messageTable(sizes: readonly MessageSize[]): string[] {
  return aligned(1, [
    [sizes[0]?.edition ?? '', 'text', 'gzip', 'packed'],
    ...sizes.map(({ message, bytes, gzip, packed }) => [
      `  ${message}`,
      thousands(bytes),
      thousands(gzip),
      thousands(packed),
    ]),
  ]);
}

function claimTable(rows: readonly ClaimRow[]): string[] {
  const forms = formsOf(rows);
  return aligned(3, [
    // Two places for the marks.
    ['IDs', 'addresses', 'details', ...forms.map((form) => `${form}  `)],
    ...rows.map((row) => [
      row.ids,
      row.addresses,
      row.details,
      ...forms.map((form) => `${thousands(row.bytes[form] ?? 0)} ${mark(row, form)}`),
    ]),
  ]);
}

function mark(row: ClaimRow, form: Form): string {
  if (claimed(row, form)) return '<';
  return fitsSegment(row, form) ? '+' : ' ';
}

/** Lines of cells in columns: the first ones words, the others figures. */
function aligned(words: number, lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column < words ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** For which IDs and addresses the claim holds, a line for each form. */
function claimSentence(edition: EditionId, rows: readonly ClaimRow[]): string[] {
  const forms = formsOf(rows).map((form) => `  ${form}: ${holding(rows, form)}`);
  return [
    `In ${edition}, ${MAX_PEER_LIST} peers stay under ${thousands(CLAIMED_BYTES)} bytes for these IDs and addresses:`,
    `${forms.join(',\n')}.`,
  ];
}

function holding(rows: readonly ClaimRow[], form: Form): string {
  const held = ID_TYPES.flatMap((ids) => {
    const addresses = ADDRESS_TYPES.flatMap((type) => {
      const kind = rows.filter((row) => row.ids === ids && row.addresses === type);
      const details = kind.filter((row) => claimed(row, form)).map((row) => row.details);
      if (details.length === 0) return [];
      return details.length === kind.length ? [type] : [`${type} (details: ${details.join(', ')})`];
    });
    return addresses.length === 0 ? [] : [`${ids} with ${addresses.join(', ')}`];
  });
  return held.length === 0 ? 'none' : held.join('; ');
}
