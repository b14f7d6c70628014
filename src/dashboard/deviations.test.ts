import { expect, test } from 'vitest';
import { explain } from '../protocol/explain/explain.ts';
import { encodeText } from '../protocol/text.ts';
import { deviationsOf } from './deviations.ts';

const read = (request: object) => ({
  side: 'request' as const,
  explained: {
    kind: 'explained' as const,
    explanation: explain(encodeText(JSON.stringify({ PPSPTrackerProtocol: request })), { kind: 'request' }),
  },
});
const FIND = { request_type: 'FIND', transaction_id: 't', peer_id: 'p', find: { swarm_id: 's' } };

test('departures are counted by section, each once a message', () => {
  const stat = ['a', 'b'].map((swarm_id) => ({ swarm_id, uploaded_bytes: '5' }));
  const report = {
    version: 1,
    request_type: 'STAT_REPORT',
    transaction_id: 't',
    peer_id: 'p',
    stat_report: { type: 'STREAM_STATS', stat },
  };
  const found = deviationsOf([
    read({ version: '1', ...FIND }),
    read({ version: '1', ...FIND }),
    read(report),
    read({ version: 1, ...FIND }),
  ]);
  expect(found.map(({ section }) => section)).toEqual(['RFC 7846 §3.2.1', 'RFC 7846 §3.2.5']);
  expect(found[0]?.deviations).toEqual([
    { side: 'request', path: 'PPSPTrackerProtocol.version', words: 'a number, not a string', count: 2 },
  ]);
  expect(found[1]?.deviations).toContainEqual({
    side: 'request',
    path: 'PPSPTrackerProtocol.stat_report.stat[].uploaded_bytes',
    words: 'a number, not a string',
    count: 1,
  });
});

test('where the reader gave up is told too', () => {
  const [only] = deviationsOf([read({ version: 1, ...FIND, peer_id: 7, find: undefined })]);
  expect(only?.deviations.at(0)?.words).not.toBe('');
});
