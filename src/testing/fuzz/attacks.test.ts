/** Each attack with a name, and what a tracker answers to it in each edition. */
import { describe, expect, test } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { attack, ATTACKS } from './attacks.ts';
import type { AttackName } from './attacks.ts';

/** What follows "Bad Request: "; `read`: it does no harm, and the message it is in is taken for what it says. */
type Answer = string;

const NONE = 'no PPSP-TP message';
const NO_JSON = 'body is not JSON';
const ENTITY = 'body holds an entity or character that is not accepted';
const NO_UTF8 = 'body is not valid UTF-8';
const UTF16 = 'body is UTF-16 or UTF-32, not UTF-8';
const CONTROL = 'body holds a control character';
const TOO_LARGE = 'is not a whole number from 0 to 9007199254740991';
const ROOT = 'PPSPTrackerProtocol';

const ANSWERS: Readonly<
  Record<AttackName, readonly [json: Answer, xml: Answer, others?: Partial<Record<EditionId, Answer>>]>
> = {
  'nothing at all': ['body is empty', 'body is empty'],
  'white space alone': [NONE, NONE],
  'billion laughs': [NONE, NONE],
  'an external entity': [NONE, NONE],
  'an external DTD': [NONE, NONE],
  'a parameter entity': [NONE, NONE],
  'an entity that nothing declares': ['read', ENTITY],
  'a reference to no character': ['read', ENTITY],
  'elements or brackets ten thousand deep': [
    'body is nested deeper than 32 levels',
    'body is nested deeper than 16 elements',
  ],
  'a value of 256 KiB in an unknown attribute or member': ['read', 'read'],
  'ten thousand attributes or members': ['read', 'body has more than 64 attributes in one tag'],
  'a hundred thousand references or items': ['read', 'body has more than 10000 references'],
  'a member or element twice': ['read', `${ROOT}.PeerID is there more than once`],
  'an attribute twice, or the root': ['read', 'body has an attribute twice in one tag'],
  '__proto__ and constructor': ['read', 'read'],
  'a lone surrogate, escaped': [`${ROOT}.peer_id is not valid Unicode`, ENTITY],
  'a lone surrogate in bytes': [NO_UTF8, NO_UTF8],
  'overlong UTF-8': [NO_UTF8, NO_UTF8],
  'a byte order mark': ['read', 'read'],
  'UTF-16, little-endian': [UTF16, UTF16],
  'UTF-16, big-endian': [UTF16, UTF16],
  'NUL in an identifier': [NO_JSON, CONTROL],
  'NUL in front': [UTF16, UTF16],
  'a control character, escaped': [`${ROOT}.peer_id holds a control character`, ENTITY],
  'an identifier of 1,025 bytes': [
    `${ROOT}.peer_id is longer than 1024 bytes`,
    `${ROOT}.PeerID is longer than 1024 bytes`,
  ],
  'a script as peer ID': ['read', 'read'],
  'a comment with two hyphens or of two slashes': [NO_JSON, 'body has "--" in a comment'],
  'a CDATA section or a comma too many': [NO_JSON, 'read'],
  ']]> in text': ['read', 'body holds "]]>" in text'],
  'a web page': [NONE, NONE],
  'two documents': [
    NO_JSON,
    'body has a malformed processing instruction',
    { 'gu-04': 'body has more than one root element' },
  ],
  'the end cut off': [NO_JSON, 'body has a malformed end tag'],
  '2^64 where a number is due': [
    `${ROOT}.peer_num.peer_count ${TOO_LARGE}`,
    `${ROOT}.PeerNum ${TOO_LARGE}`,
    { 'gu-04': `${ROOT}.Peernum ${TOO_LARGE}` },
  ],
};

const expected = (name: AttackName, edition: EditionId): Answer => {
  const [json, xml, others = {}] = ANSWERS[name];
  return others[edition] ?? (edition === 'rfc7846' ? json : xml);
};

/** The reason of a stranger's LEAVE (base-1.0) or FIND. */
const STRANGER = /^Forbidden Action: (?:peer not registered|LEECH LEAVE not allowed in START)$/;
/** How a refusal is told in the body, where it is (digest, table "Errors"). */
const TOLD: Readonly<Record<EditionId, readonly [bad: string, forbidden: string]>> = {
  rfc7846: ['"error_code":1', '"error_code":3'],
  'extended-1.1': ['', ''],
  'base-1.0': ['', ''],
  'gu-04': ['<Response>INVALID SYNTAX</Response>', '<Response>MESSAGE FORBIDDEN</Response>'],
};

describe.each(Object.keys(ATTACKS) as AttackName[])('%s', (name) => {
  test.each(EDITIONS)('%s', (edition) => {
    const faults: unknown[] = [];
    const endpoint = createTrackerEndpoint(createTracker({}, 0), { onFault: (fault) => faults.push(fault) });
    const { status, reason, body } = endpoint.answer(
      {
        method: 'POST',
        target: '/',
        contentType: codecOf(edition).mediaType,
        body: attack(name, edition),
        remote: { address: '198.51.100.7', port: 40_000 },
      },
      { now: 0, random: () => 0 },
    ).response;
    const answer = expected(name, edition);
    const text = new TextDecoder().decode(body);
    const [bad, forbidden] = TOLD[edition];
    expect(faults).toEqual([]);
    if (answer === 'read') {
      expect(status).toBe(403);
      expect(reason).toMatch(STRANGER);
      expect(text).toContain(forbidden);
    } else {
      expect(status).toBe(400);
      expect(reason).toBe(`Bad Request: ${answer}`);
      // XML of none of the editions has no form to be refused in but the status line (digest, top).
      if (edition === 'rfc7846' || text !== '') expect(text).toContain(bad);
      if (bad === '') expect(text).toBe('');
    }
    expect(text).not.toContain('<script');
  });
});

test('a prototype is what it was', () => {
  expect(({} as Record<string, unknown>)['peer_id']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
