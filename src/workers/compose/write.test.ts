import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import { encodeText } from '../../protocol/text.ts';
import { arbitraryRequest } from '../../testing/arbitraries.ts';
import { nearRequest } from '../../testing/arbitrary-json.ts';
import { blankForm, formOf } from './form.ts';
import { read, textOf, write } from './write.ts';

describe.each(EDITIONS)('%s', (edition) => {
  it('reads the text of a form as that form, laid out as it is', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (request) => {
        const body = encodeText(textOf(request));
        expect(codecOf(edition).decodeRequest(body)).toMatchObject({ ok: true, message: request });
        const again = read(body);
        // An XML text may be of the edition below, whose rules its request keeps as well (digest, line 15).
        if (again.ok && again.form.edition === edition) expect(again.form).toEqual(formOf(request));
        else expect(['extended-1.1', 'base-1.0']).toContain(edition);
      }),
    );
  });

  it('is laid out for reading', () => {
    const written = write(blankForm(edition, 'CONNECT', { peerId: 'p1', transactionId: 't1' }));
    expect(written.ok && written.text.split('\n').length).toBeGreaterThan(4);
  });
});

it('says why a text is no form, whatever it is', () => {
  const why = (text: string): string => {
    const answer = read(encodeText(text));
    return answer.ok ? 'a form' : answer.why;
  };
  expect(why('')).toBe('It is in none of the editions.');
  expect(why('hello')).toBe('It is in none of the editions.');
  expect(why('{')).toMatch(/^The body /);
  expect(why('{"PPSPTrackerProtocol":{"version":1,"request_type":"DANCE"}}')).toBe(
    'PPSPTrackerProtocol.request_type is not CONNECT or FIND or STAT_REPORT.',
  );
  fc.assert(
    fc.property(nearRequest, (text) => {
      const answer = read(encodeText(text));
      expect(answer.ok || answer.why.endsWith('.')).toBe(true);
    }),
  );
});
