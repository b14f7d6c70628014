/** extended-04 §4.5: peers of base-01 and of this draft on one tracker; and of the other editions, ours. */
import { casesOf } from '../../section.ts';
import { find, joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectAnswer, expectListed, expectStatus, expectSuccess, suppose } from '../../verify.ts';
import { connectIn, enteredIn } from '../other-edition.ts';
import { elementOf, sendRewritten } from '../rewritten.ts';

const { must, should, ours } = casesOf<TrackerBench>('extended-1.1', '4.5', 'extended-04 §4.5');
const BOTH = 'Read requests of version 1.0 and 1.1, and keep all peers in the same swarms.';

export const COMPATIBILITY: readonly TrackerCase[] = [
  must(
    'unknown-method',
    'A Request that the tracker does not know is answered 400.',
    'Answer 400 "Unknown Messages".',
    async (bench) => {
      const request = report(bench, await joined(bench, bench.swarmId()));
      const word: [RegExp, string] = [elementOf('Request'), '<Request>PING</Request>'];
      expectStatus(await sendRewritten(bench, request, 'Request PING', word), 400);
    },
  ),
  should(
    'unknown-messages',
    'The Reason-Phrase of that answer says Unknown Messages: by it a peer knows to fall back.',
    'Write "Unknown Messages" into the Reason-Phrase.',
    async (bench) => {
      const request = report(bench, await joined(bench, bench.swarmId()));
      const word: [RegExp, string] = [elementOf('Request'), '<Request>PING</Request>'];
      const { reason } = expectAnswer(await sendRewritten(bench, request, 'Request PING', word));
      suppose(reason !== '', 'the answer came without a Reason-Phrase, as over HTTP/2');
      expect(/unknown messages/i.test(reason), 'Unknown Messages', 'other words');
    },
  ),
  should(
    'base-peer-served',
    'A peer of base-01 is served beside those of this draft.',
    BOTH,
    async (bench) => {
      const request = connectIn(bench, 'base-1.0', bench.swarmId(), 'LEECH');
      expectSuccess(await bench.send(request, { edition: 'base-1.0', step: 'CONNECT of a base-01 peer' }));
    },
  ),
  should('base-peer-listed', 'A peer of base-01 is listed to peers of this draft.', BOTH, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    const { peer: seed } = await enteredIn(bench, 'base-1.0', swarm, 'SEED');
    expectListed(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, seed, 'the base-01 seed');
  }),
  should(
    'listed-to-base-peer',
    'A peer of this draft is listed to peers of base-01.',
    BOTH,
    async (bench) => {
      const swarm = bench.swarmId();
      const peer = await joined(bench, swarm);
      const { response } = await enteredIn(bench, 'base-1.0', swarm, 'LEECH');
      expectListed(response, swarm, peer, 'the peer of this draft');
    },
  ),
  ours('base-peer-answered-in-base', 'A peer of base-01 is answered in version 1.0.', BOTH, async (bench) => {
    const request = connectIn(bench, 'base-1.0', bench.swarmId(), 'LEECH');
    const sent = await bench.send(request, { edition: 'base-1.0', step: 'CONNECT of a base-01 peer' });
    const { version } = expectSuccess(sent);
    expect(version === '1.0', 'version 1.0', version === '1.1' ? 'version 1.1' : 'another version');
  }),
  ours('json-peer-listed', 'A peer of RFC 7846 is listed to peers of this draft.', BOTH, async (bench) => {
    const swarm = bench.swarmId();
    const peer = await joined(bench, swarm);
    const { peer: seed } = await enteredIn(bench, 'rfc7846', swarm, 'SEED');
    expectListed(
      expectSuccess(await bench.send(find(bench, peer, swarm))),
      swarm,
      seed,
      'the seed of RFC 7846',
    );
  }),
];
