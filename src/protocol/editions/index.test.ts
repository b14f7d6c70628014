import { describe, expect, test } from 'vitest';
import { EDITIONS } from '../message.ts';
import { encodeText } from '../text.ts';
import { codecOf, detectEdition, mediaTypeKind } from './index.ts';

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
