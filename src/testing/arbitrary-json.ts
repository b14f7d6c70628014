/** JSON texts near a message: what differs by a token or three is where a reader goes wrong. */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { rfc7846 } from '../protocol/editions/rfc7846.ts';
import { encodeText } from '../protocol/text.ts';
import { arbitraryRequest, arbitraryResponse } from './arbitraries.ts';
import { RFC7846_EXAMPLES } from './golden.ts';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|\s+|[^\s"{}[\]:,]+/g;

const TOKENS = [
  ...['null', 'true', '0', '-0', '1', '2', '30', '31', '80', '1.0', '1e3', '1.5', '-1', '1E400', '0123'],
  ...['9007199254740991', '9007199254740993', '18446744073709551615', '18446744073709551616'],
  ...['""', '"5"', '"a:b"', '"::1"', '"2001:DB8::0"', '"192.0.2.1"', '"ipv4"', '"ipv6"', '"é"', '"日:本"'],
  ...['"\\u003a"', '"\\ud800"', '"\u007f"', '"\u0085"', '"\uffff"', '"\\u0000"', '"SEED"', '"HIGH"'],
  ...['[]', '{}', '[[]]', '{"a":{}}', '{"a":1,"a":2}', ' ', '\n\t', ',', ':', '"', '\\', '{', '}', '[', ']'],
];

const NAMES = [
  ...['"x"', '"__proto__"', '"constructor"', '"1"', '""', '":"', '"\\u0070eer_id"', '"Stat"'],
  ...['"peer_id"', '"version"', '"swarm_id"', '"peer_num"', '"type"', '"connection"', '"asn"'],
];

type Change = { readonly at: number; readonly token: string; readonly name: string; readonly how: string };

const change: Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  token: fc.constantFrom(...TOKENS),
  name: fc.constantFrom(...NAMES),
  how: fc.constantFrom('replace', 'replace', 'drop', 'insert', 'member', 'member', 'again'),
});

function changed(text: string, { at, token, name, how }: Change): string {
  const tokens = text.match(TOKEN) ?? [];
  const index = Math.floor(at * tokens.length);
  /** The next name of a member: an unknown member, or the same again, keeps the text JSON. */
  const next = tokens.findIndex((_, i) => i >= index && tokens[i + 1] === ':');
  if (how === 'replace') tokens[index] = token;
  else if (how === 'drop') tokens.splice(index, 1);
  else if (how === 'insert') tokens.splice(index, 0, token);
  else if (next >= 0) tokens.splice(next, 0, `${how === 'again' ? tokens[next] : name}:${token},`);
  return tokens.join('');
}

const decoder = new TextDecoder();

/** The RFC's examples as they stand, and in the form of its grammar. */
const REQUESTS: readonly string[] = Object.values(RFC7846_EXAMPLES).flatMap((text) => {
  const decoded = rfc7846.decodeRequest(encodeText(text));
  return decoded.ok ? [text, decoder.decode(rfc7846.encodeRequest(decoded.message))] : [];
});
const RESPONSES: readonly string[] = Object.values(RFC7846_EXAMPLES).flatMap((text) => {
  const decoded = rfc7846.decodeResponse(encodeText(text), 'CONNECT');
  return decoded.ok ? [text, decoder.decode(rfc7846.encodeResponse(decoded.message))] : [];
});

const near = (texts: readonly string[], written: Arbitrary<string>): Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...texts) }, { weight: 1, arbitrary: written }),
      fc.array(change, { maxLength: 3 }),
    )
    .map(([text, changes]) => changes.reduce(changed, text));

/** Texts near a request of RFC 7846, some of them one. */
export const nearRequest: Arbitrary<string> = near(
  REQUESTS,
  arbitraryRequest('rfc7846').map((request) => decoder.decode(rfc7846.encodeRequest(request))),
);

/** The same of a response. */
export const nearResponse: Arbitrary<string> = near(
  RESPONSES,
  arbitraryResponse('rfc7846').map((response) => decoder.decode(rfc7846.encodeResponse(response))),
);
