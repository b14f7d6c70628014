import { expect, test } from 'vitest';
import { secretSpans, withoutSecrets } from './secrets.ts';
import { encodeText } from './text.ts';

const masked = (text: string): string => new TextDecoder().decode(withoutSecrets(encodeText(text)).body);

test('contents of AuthToken and Credentials are withheld, with any prefix and attributes', () => {
  expect(masked('<é><AuthToken>a</AuthToken><g:Credentials x="1">b<c/>d</g:Credentials></é>')).toBe(
    '<é><AuthToken>(withheld)</AuthToken><g:Credentials x="1">(withheld)</g:Credentials></é>',
  );
  const text = '<é><AuthToken>a</AuthToken>';
  expect(secretSpans(encodeText(text))).toEqual([{ start: 15, end: 16 }]);
});

test('in a document that breaks down too', () => {
  expect(masked('<a <b>><AuthToken>a</AuthToken>')).toBe('<a <b>><AuthToken>(withheld)</AuthToken>');
  expect(masked('<AuthToken><![CDATA[a]]></AuthToken>')).toBe('<AuthToken>(withheld)</AuthToken>');
  expect(masked('<AuthToken>never ends')).toBe('<AuthToken>(withheld)');
  expect(masked('<authtoken a="<">a</AUTHTOKEN><b/>')).toBe('<authtoken a="<">(withheld)</AUTHTOKEN><b/>');
});

test('nothing else is', () => {
  const text = '<AuthToken/><AuthToken /><AuthTokens>a</AuthTokens><AuthToken></AuthToken>{"AuthToken":"a"}';
  expect(withoutSecrets(encodeText(text))).toMatchObject({ masked: false });
});

test('a megabyte of tags takes no longer than its length asks for', () => {
  const before = performance.now();
  secretSpans(encodeText('<AuthToken '.repeat(95_000)));
  secretSpans(encodeText('<AuthToken>a</AuthToken>'.repeat(43_000)));
  expect(performance.now() - before).toBeLessThan(5000);
});
