/** RFC 7846 §4.1.1.1, §4.1.2.1, §4.1.3.1: its own examples depart from its grammar, and peers were written from them. */
import type { PeerId, SwarmId } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expect, expectListed, expectSuccess, listOf } from '../../verify.ts';
import { edited, inside } from './edited.ts';
import type { Tree } from './edited.ts';

const { ours } = casesOf<TrackerBench>('rfc7846', '4.1-examples', 'RFC 7846 §4.1.1.1, §4.1.2.1, §4.1.3.1');
const ADVICE = 'Read what the RFC’s examples write, beside what its grammar asks for.';

/** A JOIN with peer_num and an address, after `change`. */
async function joins(bench: TrackerBench, what: string, change: (root: Tree) => void): Promise<void> {
  const request = connect(bench, bench.peerId(), [join(bench.swarmId())], {
    peerNum: { count: 5, abilityNat: 'STUN', concurrentLinks: 5, onlineTime: 200, uploadBandwidth: 600 },
  });
  expectSuccess(await bench.send(edited(bench, request, change), { step: `CONNECT with ${what}` }));
}

/** A FIND in a swarm with one seed, after `change`, lists it. */
async function finds(
  bench: TrackerBench,
  what: string,
  change: (root: Tree) => void,
  count = 5,
): Promise<{ readonly listed: number }> {
  const swarm: SwarmId = bench.swarmId();
  const seeds: PeerId[] = [];
  for (let i = 0; i < 3; i++) seeds.push(await joined(bench, swarm, 'SEED'));
  const request = find(bench, await joined(bench, swarm), swarm, { count });
  const options = { answers: 'FIND', asked: { swarmId: swarm }, step: `FIND with ${what}` } as const;
  const answer = expectSuccess(await bench.send(edited(bench, request, change), options));
  const [seed] = seeds;
  if (seed !== undefined && count >= seeds.length) expectListed(answer, swarm, seed, 'the seed');
  return { listed: listOf(answer, swarm).length };
}

export const EXAMPLES: readonly TrackerCase[] = [
  ours('one-address-as-object', 'A single peer_addr may be the bare object.', ADVICE, (bench) =>
    joins(bench, 'a bare peer_addr', (root) => {
      const members = inside(root, 'connect');
      members['peer_addr'] = inside(members, 'peer_addr', 0);
    }),
  ),
  ours('one-action-as-object', 'A single swarm_action may be the bare object.', ADVICE, (bench) =>
    joins(bench, 'a bare swarm_action', (root) => {
      const members = inside(root, 'connect');
      members['swarm_action'] = inside(members, 'swarm_action', 0);
    }),
  ),
  ours('numbers-as-strings', 'The numbers of peer_num may be written as strings.', ADVICE, (bench) =>
    joins(bench, 'numbers as strings', (root) => {
      const members = inside(root, 'connect', 'peer_num');
      for (const name of Object.keys(members))
        if (typeof members[name] === 'number') members[name] = String(members[name]);
    }),
  ),
  ours(
    'find-members-at-root',
    'The swarm_id and peer_num of a FIND may stand at the root.',
    ADVICE,
    async (bench) => {
      await finds(bench, 'its members at the root', (root) => {
        Object.assign(root, inside(root, 'find'));
        delete root['find'];
      });
    },
  ),
  ours('find-count-at-root', 'A peer_count at the root of a FIND limits its list.', ADVICE, async (bench) => {
    const move = (root: Tree): void => {
      Object.assign(root, inside(root, 'find'));
      delete root['find'];
    };
    const { listed } = await finds(bench, 'its members at the root', move, 2);
    expect(listed <= 2, 'at most 2 peers', `${listed} peers`);
  }),
  ours(
    'stat-in-capitals',
    'The statistics may be named Stat, and be the bare object.',
    ADVICE,
    async (bench) => {
      const swarmId = bench.swarmId();
      const peer = await joined(bench, swarmId);
      const stats = [
        {
          swarmId,
          uploadedBytes: 512n,
          downloadedBytes: 768n,
          availableBandwidth: 1_024_000,
          concurrentLinks: 5,
        },
      ];
      const body = edited(bench, report(bench, peer, stats), (root) => {
        const members = inside(root, 'stat_report');
        members['Stat'] = inside(members, 'stat', 0);
        delete members['stat'];
      });
      expectSuccess(await bench.send(body, { answers: 'STAT_REPORT', step: 'STAT_REPORT with Stat' }));
    },
  ),
  ours('address-without-priority', 'An address may come without priority.', ADVICE, (bench) =>
    joins(bench, 'no priority', (root) => delete inside(root, 'connect', 'peer_addr', 0)['priority']),
  ),
  ours('address-without-type', 'An address may come without type: HOST.', ADVICE, (bench) =>
    joins(bench, 'no type of address', (root) => delete inside(root, 'connect', 'peer_addr', 0)['type']),
  ),
  ours('peer-num-without-count', 'A peer_num may come without peer_count.', ADVICE, (bench) =>
    joins(bench, 'no peer_count', (root) => delete inside(root, 'connect', 'peer_num')['peer_count']),
  ),
  ours('counter-left-out', 'Statistics may lack a counter.', ADVICE, async (bench) => {
    const swarmId = bench.swarmId();
    const peer = await joined(bench, swarmId);
    const sent = await bench.send(report(bench, peer, [{ swarmId, uploadedBytes: 1n }]));
    expectSuccess(sent);
  }),
];
