import { describe, expect, it } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { BASE01_EXAMPLES, EXTENDED11_EXAMPLES, RFC7846_EXAMPLES } from '../../testing/golden.ts';
import { EXAMPLES } from './examples.ts';
import { composeGuide } from './guide.ts';

const shown = (edition: EditionId, texts: Readonly<Record<string, string>>): unknown[] =>
  Object.values(texts).flatMap((text) => {
    const decoded = codecOf(edition).decodeRequest(encodeText(text));
    return decoded.ok ? [decoded.message] : [];
  });

describe('examples', () => {
  const ours = (edition: EditionId): unknown[] =>
    EXAMPLES.flatMap(({ request }) => (request.edition === edition ? [request] : []));

  it.each([
    ['rfc7846', RFC7846_EXAMPLES],
    ['base-1.0', BASE01_EXAMPLES],
    ['extended-1.1', EXTENDED11_EXAMPLES],
  ] as const)('are those of the text of %s', (edition, texts) => {
    const ofText = shown(edition, texts);
    expect(ours(edition).length).toBeGreaterThanOrEqual(3);
    for (const one of ours(edition)) expect(ofText).toContainEqual(one);
  });

  it('are messages in each edition', () => {
    for (const { edition, text } of composeGuide().examples)
      expect(codecOf(edition).decodeRequest(encodeText(text))).toMatchObject({ ok: true });
  });
});

it('tells each edition’s words once, with the section that has them', () => {
  const { editions } = composeGuide();
  for (const edition of EDITIONS) {
    const { words } = editions[edition];
    expect(new Set(words.map(({ path }) => path)).size).toBe(words.length);
    expect(words.every(({ section }) => section !== '')).toBe(true);
  }
  const paths = editions['extended-1.1'].words.map(({ path }) => path);
  expect(paths).toContain('PPSPTrackerProtocol.SwarmID[]@peerMode');
  expect(paths).not.toContain('PPSPTrackerProtocol.Response');
});
