import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { EDITIONS } from '../message.ts';
import { encodeText } from '../text.ts';
import { codecOf, detectEdition, mediaTypeKind, readRequest } from './index.ts';

test('every edition has its codec', () => {
  for (const edition of EDITIONS) expect(codecOf(edition).edition).toBe(edition);
});

describe('the edition of a request, by its first significant byte and its elements', () => {
  test.each([
    ['{"a":1}', 'rfc7846'],
    [' \t\r\n{', 'rfc7846'],
    ['\ufeff{', 'rfc7846'],
    ['<?xml version="1.0"?><a><Request>CONNECT</Request></a>', 'base-1.0'],
    ['\ufeff\n<a><Request>CONNECT</Request></a>', 'base-1.0'],
    ['<a version="1.1"><Request>CONNECT</Request></a>', 'extended-1.1'],
    ['<a><Method>CONNECT</Method></a>', 'gu-04'],
    ['<?xml version="1.0"?><a/>', undefined],
    ['hello<a><Request>CONNECT</Request></a>', undefined],
    ['', undefined],
    ['  ', undefined],
    ['[]', undefined],
    ['hello', undefined],
    ['\u00a0{', undefined],
  ])('%j', (text, edition) => {
    expect(detectEdition(encodeText(text))).toBe(edition);
  });
  test('UTF-16 is none', () => {
    expect(detectEdition(new Uint8Array([0xff, 0xfe, 0x7b, 0]))).toBeUndefined();
  });
});

test('read at once, a body is what its edition\u2019s codec makes of it', () => {
  const written = fc.oneof(
    ...EDITIONS.flatMap((edition) => [
      arbitraryRequest(edition).map((message) => codecOf(edition).encodeRequest(message)),
      arbitraryResponse(edition).map((message) => codecOf(edition).encodeResponse(message)),
    ]),
  );
  // As it is, with the other version, or with one byte changed.
  const bodies = fc
    .tuple(written, fc.constantFrom('no', 'version', 'byte'), fc.nat(), fc.nat(0xff))
    .map(([bytes, change, at, byte]) => {
      if (change === 'no') return bytes;
      if (change === 'byte') return bytes.with(at % Math.max(1, bytes.length), byte);
      const text = new TextDecoder().decode(bytes);
      const root = /(<PPSPTrackerProtocol version="1\.)([01])/;
      return encodeText(text.replace(root, (_, before, minor) => before + (1 - Number(minor))));
    });
  const seen = new Set<string>();
  fc.assert(
    fc.property(bodies, (body) => {
      const edition = detectEdition(body);
      const separately = edition && { edition, decoded: codecOf(edition).decodeRequest(body) };
      expect(readRequest(body)).toEqual(separately);
      if (separately?.decoded.ok !== true) return;
      const { message } = separately.decoded;
      seen.add(`${message.edition} ${message.version}`);
    }),
    { numRuns: 600 },
  );
  // The last: what extended-04 adds, under base-01's version, as the draft's own examples have it.
  expect(seen).toEqual(
    new Set(['rfc7846 1', 'base-1.0 1.0', 'extended-1.1 1.1', 'gu-04 1.0', 'extended-1.1 1.0']),
  );
});

test.each([
  ['application/ppsp-tracker+json', 'json'],
  ['application/json; charset=utf-8', 'json'],
  ['Text/JSON;charset="UTF-8"', 'json'],
  ['application/xml', 'xml'],
  [' text/xml ; charset=utf-8', 'xml'],
  ['application/ppsp-tracker+xml', 'xml'],
  ['text/html', 'other'],
  ['application/jsonx', 'other'],
  ['toString', 'other'],
  ['', 'missing'],
  [undefined, 'missing'],
])('Content-Type %j is %s', (contentType, kind) => {
  expect(mediaTypeKind(contentType)).toBe(kind);
});
