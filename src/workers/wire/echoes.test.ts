import { expect, it } from 'vitest';
import { encodeText } from '../../protocol/text.ts';
import { Echoes } from './echoes.ts';

const sent = (body: string | Uint8Array) => ({
  body,
  bytes: (typeof body === 'string' ? encodeText(body) : body).length,
});
/** As `/events` tells it: at most 16 KiB, lossy, without secrets. */
const told = (body: string | Uint8Array): object => {
  const bytes = typeof body === 'string' ? encodeText(body) : body;
  return {
    peerId: null,
    requestBytes: bytes.length,
    request: new TextDecoder()
      .decode(bytes.subarray(0, 16 * 1024))
      .replace(/(<AuthToken>).*(<\/AuthToken>)/, '$1***$2'),
  };
};

it('passes over what the composer sent, as often as it was sent, and nothing else', () => {
  const echoes = new Echoes();
  echoes.expect(sent('{"a":1}'));
  echoes.expect(sent('{"a":1}'));
  expect(echoes.isEcho(told('{"b":1}'))).toBe(false);
  expect([1, 2, 3].map(() => echoes.isEcho(told('{"a":1}')))).toEqual([true, true, false]);
});

it.each([
  ['bytes that are no text', Uint8Array.of(0x7b, 0xff, 0xc3, 0x28)],
  ['a long body', `{"a":"${'é'.repeat(40_000)}"}`],
  ['a secret', '<X><AuthToken>open sesame</AuthToken></X>'],
])('knows %s again', (_, body) => {
  const echoes = new Echoes();
  echoes.expect(sent(body));
  expect(echoes.isEcho(told(body))).toBe(true);
});

it('lets go of what never got there, and of what nobody tells of', () => {
  const echoes = new Echoes();
  echoes.expect(sent('lost'));
  echoes.giveUp(sent('lost'));
  expect(echoes.isEcho(told('lost'))).toBe(false);
  echoes.expect(sent('first'));
  for (let i = 0; i < 3000; i++) echoes.expect(sent(`x${i}`));
  expect([echoes.isEcho(told('first')), echoes.isEcho(told('x2999'))]).toEqual([false, true]);
  expect([null, 1, {}, { request: 1 }].map((line) => echoes.isEcho(line))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
