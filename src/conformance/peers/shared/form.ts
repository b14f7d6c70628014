/** The form of a peer's requests, judged over a whole life. */
import { mediaTypeKind } from '../../../protocol/editions/index.ts';
import { RULES } from '../../../protocol/rules.ts';
import { lifeOf, understood, which } from '../../peer-body.ts';
import type { PeerBody } from '../../peer-body.ts';
import { headerOf } from '../../tracker-bench.ts';
import { expect, shown, suppose } from '../../verify.ts';

const hex = (body: Uint8Array): string => {
  let text = '';
  for (const byte of body) text += String.fromCharCode(byte);
  return text;
};

export const POSTED: PeerBody = [
  'posted',
  'Every request is an HTTP POST.',
  'Send the message as the body of a POST; the path is the tracker’s own.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of life.requests)
      expect(one.received.method === 'POST', 'POST', `${which(life, one)} is ${shown(one.received.method)}`);
  },
];

export const MEDIA_TYPE: PeerBody = [
  'media-type',
  'Every request says in its Content-Type what its body is.',
  'Set the Content-Type header to the edition’s media type on every request, retries included.',
  async (bench) => {
    const life = await lifeOf(bench);
    const due = bench.codec.mediaType;
    for (const one of life.requests) {
      const type = headerOf(one.received.headers, 'content-type');
      const plain = type?.split(';', 1)[0]?.trim().toLowerCase();
      const fits = bench.edition === 'rfc7846' ? plain === due : mediaTypeKind(type) === 'xml';
      expect(
        fits,
        `Content-Type: ${due}`,
        `${which(life, one)} has ${type === undefined ? 'none' : shown(type)}`,
      );
    }
  },
];

/** Of identifiers, wherever they stand. */
const ID_PATH = /(?:_id|ID)$/;

export const READABLE: PeerBody = [
  'readable',
  'Every request has what its method requires, in a form that a tolerant tracker reads.',
  'Look at what the reading says is missing or wrong, and write the request as the section’s grammar has it.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of life.requests) {
      const { tolerant } = one.received;
      // Identifiers and versions are cases of their own.
      if (tolerant.ok || tolerant.error.error === 'unsupported-version' || ID_PATH.test(tolerant.error.path))
        continue;
      const { path, problem } = tolerant.error;
      expect(false, 'requests that can be read', `${which(life, one)}: ${path} ${problem}`);
    }
  },
];

export const IDS_BOUNDED: PeerBody = [
  'ids-bounded',
  'Peer, swarm and transaction IDs are there, are strings of 1 to 1,024 bytes and hold no control characters.',
  'Shorten the identifier, or encode what it is made of as text (hexadecimal, base64).',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of life.requests) {
      const { tolerant } = one.received;
      if (tolerant.ok || !ID_PATH.test(tolerant.error.path)) continue;
      const { path, problem } = tolerant.error;
      expect(false, 'identifiers that every tracker takes', `${which(life, one)}: ${path} ${problem}`);
    }
  },
];

export const TO_THE_LETTER: PeerBody = [
  'to-the-letter',
  'Requests are as the grammar has them, with nothing for a tolerant reader to let pass.',
  'Write the member or element as the cited section has it; trackers that read strictly refuse it.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of life.requests) {
      const { tolerant, strict } = one.received;
      if (!tolerant.ok || strict.ok) continue;
      const { path, problem, section = '' } = strict.error;
      expect(false, `requests to the letter (${section})`, `${which(life, one)}: ${path} ${problem}`);
    }
  },
];

/** The extended draft's own examples write the base edition's number. */
const VERSIONS = {
  rfc7846: ['1'],
  'extended-1.1': ['1.1', '1.0'],
  'base-1.0': ['1.0'],
  'gu-04': ['1.0'],
} as const;

export const VERSION: PeerBody = [
  'version',
  'Every request names the version of the protocol that it is in.',
  'Write the version that the edition’s text defines.',
  async (bench) => {
    const life = await lifeOf(bench);
    const due: readonly string[] = VERSIONS[bench.edition];
    for (const one of life.requests) {
      const { tolerant } = one.received;
      const other = !tolerant.ok && tolerant.error.error === 'unsupported-version';
      expect(!other, `version ${due.join(' or ')}`, `${which(life, one)} has another`);
      if (!tolerant.ok) continue;
      const { version } = tolerant.message;
      expect(
        due.includes(version),
        `version ${due.join(' or ')}`,
        `${which(life, one)} has ${shown(version)}`,
      );
    }
  },
];

export const METHODS: PeerBody = [
  'methods',
  'The peer sends no request that the edition does not have.',
  'Use the edition’s own means; a tracker of this edition answers anything else with 400.',
  async (bench) => {
    const life = await lifeOf(bench);
    const { methods } = RULES[bench.edition];
    for (const one of understood(life)) {
      const { method } = one.request;
      expect(methods.includes(method), methods.join(', '), `${which(life, one)} is ${method}`);
    }
  },
];

export const TRANSACTION_IDS: PeerBody = [
  'transaction-ids',
  'A transaction ID names one request: it comes again only with identical content.',
  'Count transactions, or draw them at random, and keep one for retries of the same bytes alone.',
  async (bench) => {
    const life = await lifeOf(bench);
    const seen = new Map<string, string>();
    for (const one of understood(life)) {
      const { transactionId, method } = one.request;
      // An answer to STAT_QUERY has the query's.
      if (method === 'STAT_QUERY') continue;
      const content = hex(one.received.body);
      const before = seen.get(transactionId);
      const fresh = before === undefined || before === content;
      expect(fresh, 'a transaction ID of its own', `${which(life, one)} has that of another request`);
      seen.set(transactionId, content);
    }
  },
];

export const PEER_ID: PeerBody = [
  'peer-id-stays',
  'One peer is one peer ID, whatever it asks for.',
  'Choose the peer ID once, when the peer starts.',
  async (bench) => {
    const life = await lifeOf(bench);
    const [first, ...others] = understood(life);
    suppose(first !== undefined, 'no request could be read');
    for (const one of others)
      expect(one.request.peerId === first.request.peerId, 'one peer ID', `${which(life, one)} has another`);
  },
];

export const XML_DECLARATION: PeerBody = [
  'xml-declaration',
  'The body begins with an XML declaration.',
  'Put <?xml version="1.0" encoding="UTF-8"?> in front of the root element.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of life.requests) {
      const start = hex(one.received.body.subarray(0, 16)).replace(/^\u00ef\u00bb\u00bf/, '');
      expect(
        /^<\?xml\s/.test(start),
        'an XML declaration',
        `${which(life, one)} begins with ${shown(start)}`,
      );
    }
  },
];

export const ACTION_TRANSACTIONS: PeerBody = [
  'action-transactions',
  'Every swarm action of a CONNECT has a transaction ID of its own.',
  'Number the actions: 12345.1, 12345.2 under the root’s 12345.0.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life)) {
      if (one.request.method !== 'CONNECT') continue;
      const ids = one.request.actions.map(({ transactionId }) => transactionId);
      expect(!ids.includes(undefined), 'a transactionID on each SwarmID', `${which(life, one)} lacks one`);
      expect(new Set(ids).size === ids.length, 'distinct ones', `${which(life, one)} repeats one`);
    }
  },
];
