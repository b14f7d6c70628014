import { describe, expect, test } from 'vitest';
import { EDITIONS } from '../message.ts';
import { encodeText } from '../text.ts';
import { codecOf, detectEdition, mediaTypeKind } from './index.ts';

test('every edition has its codec', () => {
  for (const edition of EDITIONS) expect(codecOf(edition).edition).toBe(edition);
});

describe('the first significant byte tells the edition', () => {
  test.each([
    ['{"a":1}', 'rfc7846'],
    [' \t\r\n{', 'rfc7846'],
    ['\ufeff{', 'rfc7846'],
    ['<?xml version="1.0"?><a/>', 'base-1.0'],
    ['\ufeff\n<a/>', 'base-1.0'],
    ['', undefined],
    ['  ', undefined],
    ['[]', undefined],
    ['hello', undefined],
    ['\u00a0{', undefined],
  ])('%j', (text, edition) => {
    expect(detectEdition(encodeText(text))).toBe(edition);
  });
  test('bytes of one codec are detected as its edition', () => {
    expect(detectEdition(new Uint8Array([0xff, 0xfe, 0x7b, 0]))).toBeUndefined();
  });
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
