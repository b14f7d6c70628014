import { describe, expect, it } from 'vitest';
import { decodePiece, encodeText } from '../protocol/text.ts';
import { joined, parseHttpAnswer } from './http-answer.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: a\r\nx: b\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 403 No\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;ext\r\nhel\r\n2\r\nlo\r\n0\r\n';

const parse = (text: string, method = 'POST', ended = false): unknown => {
  const parsed = parseHttpAnswer(encodeText(text), method, ended);
  return parsed && { ...parsed.answer, body: decodePiece(parsed.answer.body), length: parsed.length };
};

describe('an answer', () => {
  it('is read with its headers in order', () => {
    expect(parse(OK)).toEqual({
      status: 200,
      reason: 'OK',
      headers: [
        ['Content-Length', '5'],
        ['X', 'a'],
        ['x', 'b'],
      ],
      body: 'hello',
      length: OK.length,
    });
  });

  it('is complete at its last byte, and not before', () => {
    for (const whole of [OK, `${CHUNKED}\r\n`, `${CHUNKED}Trailer: 1\r\n\r\n`]) {
      for (let length = 0; length < whole.length; length++)
        expect(parse(whole.slice(0, length))).toBeUndefined();
      expect(parse(whole)).toMatchObject({ body: 'hello', length: whole.length });
    }
  });

  it('leaves what follows alone', () => {
    expect(parse(OK + OK)).toMatchObject({ body: 'hello', length: OK.length });
  });

  it('comes after interim ones', () => {
    expect(parse(`HTTP/1.1 100 Continue\r\n\r\n${OK}`)).toMatchObject({ status: 200, body: 'hello' });
  });

  it('has no body to HEAD and with 204', () => {
    expect(parse(OK, 'HEAD')).toMatchObject({ body: '' });
    expect(parse('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ status: 204, body: '' });
  });

  it('without a length ends with the connection', () => {
    const text = 'HTTP/1.0 500 \r\n\r\nhello';
    expect([parse(text), parse(text, 'POST', true)]).toMatchObject([
      undefined,
      { reason: '', body: 'hello' },
    ]);
  });

  it.each([
    '',
    'hello',
    'HTTP/2 200 OK\r\n\r\n',
    'HTTP/1.1 20 OK\r\n\r\n',
    OK.replace('5', '-5'),
    OK.replace('5', 'x'),
  ])('is not to be made of %j', (text) => expect(parse(text, 'POST', true)).toBeUndefined());

  it('is not to be made of chunks without a size', () => {
    expect(parse(CHUNKED.replace('3;ext', 'zz'), 'POST', true)).toBeUndefined();
  });
});

it('joins parts', () => {
  expect(joined([new Uint8Array([1]), new Uint8Array(), new Uint8Array([2, 3])])).toEqual(
    new Uint8Array([1, 2, 3]),
  );
});
