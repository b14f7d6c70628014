/**
 * A session of one peer in each edition, put to the tracker itself: what goes out is what the codec writes, what comes
 * back is what the tracker answers. Four others are in the swarm before, one of each edition.
 */
import { codecOf } from '../../protocol/editions/index.ts';
import type { HttpResponse } from '../../protocol/http.ts';
import { asChunkId, asPeerId, asTransactionId } from '../../protocol/ids.ts';
import type { EditionId, Request } from '../../protocol/message.ts';
import { stream } from '../../simulation/random.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { BASE10, EXTENDED11 } from './session-base.ts';
import { GU04 } from './session-gu04.ts';
import { EIGHT_SEGMENTS, ERIN, FILM, host } from './session-parts.ts';
import type { Line } from './session-parts.ts';
import { RFC7846 } from './session-rfc7846.ts';

export interface Exchange {
  /** Of its region. */
  readonly name: string;
  /** For the diagram: what the peer asks, in words. */
  readonly says: string;
  readonly request: Request;
  readonly body: Uint8Array;
  readonly response: HttpResponse;
}

const REMOTE = { address: '203.0.113.5', port: 50_123 };
/** Milliseconds from one request to the next: together shorter than a track timer, for the others are silent. */
const PACE = 5_000;

/** A seed, and LEECHes of which two have told what they hold. */
function others(): readonly Request[] {
  const base = { transactionId: asTransactionId('o.0'), swarmId: FILM };
  const carol = { edition: 'extended-1.1', version: '1.1', peerId: asPeerId('carol') } as const;
  const dave = { edition: 'gu-04', version: '1.0', peerId: asPeerId('dave') } as const;
  const join = {
    swarmId: FILM,
    action: 'JOIN',
    mode: 'LEECH',
    transactionId: asTransactionId('o.1'),
  } as const;
  return [
    {
      ...base,
      edition: 'rfc7846',
      version: '1',
      method: 'CONNECT',
      peerId: asPeerId('alice'),
      addresses: [host('192.0.2.1', 4001, { priority: 2, asn: '64496' }), host('2001:db8::1', 4001)],
      actions: [{ swarmId: FILM, action: 'JOIN', mode: 'SEED' }],
    },
    {
      ...base,
      edition: 'base-1.0',
      version: '1.0',
      method: 'CONNECT',
      peerId: asPeerId('bob'),
      addresses: [host('192.0.2.2', 4002, { connection: 'WiFi', asn: '64497' })],
      actions: [join],
    },
    {
      ...base,
      ...carol,
      method: 'CONNECT',
      addresses: [host('2001:db8::3', 4003)],
      actions: [join],
    },
    { ...base, ...carol, method: 'STAT_REPORT', stats: [], contentMaps: [EIGHT_SEGMENTS], properties: [] },
    { ...base, ...dave, method: 'CONNECT', addresses: [host('192.0.2.4', 4004)], actions: [] },
    {
      ...base,
      ...dave,
      method: 'JOIN_CHUNK',
      mode: 'LEECH',
      expireTime: 0,
      chunkId: asChunkId('7'),
      properties: [],
    },
  ];
}

const SESSIONS: Readonly<Record<EditionId, readonly Line[]>> = {
  rfc7846: RFC7846,
  'extended-1.1': EXTENDED11,
  'base-1.0': BASE10,
  'gu-04': GU04,
};

export const names = (edition: EditionId): readonly string[] => SESSIONS[edition].map(({ name }) => name);

const sessions = new Map<EditionId, readonly Exchange[]>();

/** The same every time: the clock is counted, the dice are seeded. */
export function session(edition: EditionId): readonly Exchange[] {
  const known = sessions.get(edition);
  if (known !== undefined) return known;
  const tracker = createTracker({}, 0);
  const endpoint = createTrackerEndpoint(tracker);
  const random = stream(7846, `document ${edition}`);
  for (const request of others()) tracker.handle(request, { now: 0, random, remote: REMOTE });
  const exchanges = SESSIONS[edition].map(({ name, says, request, asks }, index): Exchange => {
    if (asks !== undefined) tracker.query(ERIN, asks);
    const codec = codecOf(edition);
    const body = codec.encodeRequest(request);
    const posted = { method: 'POST', target: '/', contentType: codec.mediaType, body, remote: REMOTE };
    const now = index * PACE;
    return { name, says, request, body, response: endpoint.answer(posted, { now, random }).response };
  });
  sessions.set(edition, exchanges);
  return exchanges;
}
