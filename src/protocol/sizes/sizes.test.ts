/** The messages that are measured, and what their sizes say of the claim. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codecOf } from '../editions/index.ts';
import { EDITIONS } from '../message.ts';
import type { EditionId } from '../message.ts';
import { RULES } from '../rules.ts';
import { listingResponse, sampleRequests, sampleResponses } from './messages.ts';
import { ADDRESS_TYPES, DETAILS, ID_TYPES, samplePeers } from './samples.ts';
import { CLAIMED_BYTES, claimed, claimRows, fitsSegment, messageSizes, SEGMENT_BYTES } from './sizes.ts';
import type { ClaimRow, Form } from './sizes.ts';

const gzip = (bytes: Uint8Array): number => gzipSync(bytes).length;

describe.each(EDITIONS)('the messages of %s', (edition) => {
  const codec = codecOf(edition);

  it('are of every request it has, each under a name of its own', () => {
    const requests = sampleRequests(edition);
    const methods = new Set(requests.map(({ request }) => request.method));
    expect([...methods].sort()).toEqual([...RULES[edition].methods].sort());
    const names = [...requests, ...sampleResponses(edition)].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are written as the edition has them', () => {
    for (const { request } of sampleRequests(edition))
      expect(codec.decodeRequest(codec.encodeRequest(request))).toMatchObject({ ok: true, findings: [] });
  });

  it('are measured as they go over the wire', async () => {
    const rows = await messageSizes(edition, gzip);
    const [first] = sampleRequests(edition);
    const body = first && codec.encodeRequest(first.request);
    expect(rows[0]).toMatchObject({ edition, direction: 'request', message: first?.name });
    expect(rows[0]?.bytes).toBe(body?.length);
    expect(rows[0]?.gzip).toBe(body && gzip(body));
    for (const { bytes, packed } of rows) if (bytes > 0) expect(packed).toBeLessThan(bytes / 2);
    expect(await messageSizes(edition, gzip)).toEqual(rows);
  });

  it('are shorter packed than by gzip, with 30 peers whose IDs are packed', async () => {
    const rows = (await claimRows(edition, gzip)).filter(({ ids }) => ids !== '64-byte text');
    expect(rows.filter(({ bytes }) => (bytes.packed ?? 0) >= (bytes.gzip ?? 0))).toEqual([]);
  });
});

it('the packed form carries what the edition carries: no links in the drafts', async () => {
  const packed = async (edition: EditionId): Promise<number | undefined> =>
    (await messageSizes(edition, gzip)).find(({ message }) => message === 'STAT_REPORT')?.packed;
  expect((await packed('rfc7846')) ?? 0).toBe(((await packed('base-1.0')) ?? 0) + 1);
});

describe('the peers of the samples', () => {
  const every = DETAILS.flatMap((details) =>
    ID_TYPES.flatMap((ids) => ADDRESS_TYPES.map((addresses) => ({ ids, addresses, details }))),
  );
  it.each(every)('are as many as asked: $ids, $addresses, $details', ({ ids, addresses, details }) => {
    const peers = samplePeers(30, ids, addresses, details);
    expect(new Set(peers.map(({ peerId }) => peerId)).size).toBe(30);
    const length = { '12 digits': 12, '16-byte hex': 32, '20-byte hex': 40, UUID: 36, '64-byte text': 64 };
    expect(peers.every(({ peerId }) => peerId.length === length[ids])).toBe(true);
    const response = listingResponse('base-1.0', peers);
    const codec = codecOf('base-1.0');
    expect(codec.decodeResponse(codec.encodeResponse(response), 'CONNECT')).toEqual({
      ok: true,
      message: response,
      findings: [],
    });
  });
});

describe('the claim', () => {
  const holds = (rows: readonly ClaimRow[], form: Form): string[] =>
    rows
      .filter((row) => claimed(row, form))
      .map(({ ids, addresses, details }) => `${ids}, ${addresses}, ${details}`);

  it('holds in base-1.0 for short IDs and IPv4 in a binary form, and for no IDs as text', async () => {
    const rows = await claimRows('base-1.0', gzip);
    expect(rows).toHaveLength(30);
    expect(holds(rows, 'text')).toEqual([]);
    expect(holds(rows, 'EXI of strings')).toEqual([]);
    expect(holds(rows, 'packed')).toEqual([
      '12 digits, IPv4, least',
      '12 digits, IPv6, least',
      '12 digits, IPv4 + IPv6, least',
      '16-byte hex, IPv4, least',
      '20-byte hex, IPv4, least',
      'UUID, IPv4, least',
      '12 digits, IPv4, full',
      '12 digits, IPv6, full',
      '16-byte hex, IPv4, full',
      '20-byte hex, IPv4, full',
      'UUID, IPv4, full',
    ]);
    expect(holds(rows, 'EXI')).toEqual([
      '12 digits, IPv4, least',
      '12 digits, IPv6, least',
      '16-byte hex, IPv4, least',
      '20-byte hex, IPv4, least',
      'UUID, IPv4, least',
      '12 digits, IPv4, full',
    ]);
  });

  it('is smaller than 1 KiB, and another than fitting a segment', () => {
    const row = (text: number): ClaimRow => ({
      edition: 'base-1.0',
      ids: 'UUID',
      addresses: 'IPv4',
      details: 'least',
      bytes: { text },
    });
    expect([CLAIMED_BYTES - 1, CLAIMED_BYTES].map((bytes) => claimed(row(bytes), 'text'))).toEqual([
      true,
      false,
    ]);
    expect([SEGMENT_BYTES, SEGMENT_BYTES + 1].map((bytes) => fitsSegment(row(bytes), 'text'))).toEqual([
      true,
      false,
    ]);
    expect([claimed(row(1), 'EXI'), fitsSegment(row(1), 'EXI')]).toEqual([false, false]);
  });

  it('has no EXI where there is no XML of base-01', async () => {
    expect((await claimRows('rfc7846', gzip)).some(({ bytes }) => 'EXI' in bytes)).toBe(false);
    expect((await claimRows('extended-1.1', gzip)).every(({ bytes }) => 'EXI' in bytes)).toBe(true);
  });

  it('counts but one address for each peer in JSON, which carries no more', async () => {
    const rows = await claimRows('rfc7846', gzip);
    const packed = (addresses: string): number | undefined =>
      rows.find((row) => row.addresses === addresses && row.ids === 'UUID')?.bytes.packed;
    expect(packed('IPv4 + IPv6')).toBeLessThanOrEqual(packed('IPv6') ?? 0);
  });
});
