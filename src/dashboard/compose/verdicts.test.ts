import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { explain } from '../../protocol/explain/explain.ts';
import { encodeText } from '../../protocol/text.ts';
import { nearRequest } from '../../testing/arbitrary-json.ts';
import { placesIn, verdictsOf } from './verdicts.ts';

const verdicts = (text: string) => verdictsOf(explain(encodeText(text), { kind: 'request' }), text);
/** What the verdicts stand on, with what they say. */
const marked = (text: string): unknown[] =>
  verdicts(text).map(({ from, to, severity, section }) => [text.slice(from, to), severity, section]);

it('stands at the place of what is wrong, with the section that asks for it', () => {
  expect(
    marked('{"PPSPTrackerProtocol":{"version":1,"request_type":"DANCE","transaction_id":"t","peer_id":"p"}}'),
  ).toEqual([['"DANCE"', 'error', 'RFC 7846 §3.3.1']]);
  expect(
    marked(
      '{"PPSPTrackerProtocol":{"version":"1","request_type":"STAT_REPORT","transaction_id":"t","peer_id":"p","é":2}}',
    ),
  ).toEqual([
    ['"1"', 'warning', 'RFC 7846 §3.2.1'],
    ['"é":2', 'info', expect.any(String)],
  ]);
});

it('says once where a document breaks', () => {
  const text = '{"PPSPTrackerProtocol": {"version": 1,,}}';
  expect(verdicts(text)).toMatchObject([{ from: text.indexOf(',,') + 1, severity: 'error' }]);
});

it('keeps within the text, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(nearRequest, fc.string({ unit: 'binary' })), (text) => {
      for (const { from, to } of verdicts(text)) {
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

it('finds the unit of a byte', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      expect(placesIn(before + after)(encodeText(before).length)).toBe(before.length);
    }),
  );
});
