/** RFC 7846 §4.4: extensions are ignored, wherever they stand. */
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectListed, expectSuccess } from '../../verify.ts';
import { edited, inside } from './edited.ts';
import type { Tree } from './edited.ts';

const { must } = casesOf<TrackerBench>('rfc7846', '4.4', 'RFC 7846 §4.4');
const ADVICE = 'Skip members you do not know, of whatever type they are.';

const extend = (tree: Tree): void => {
  Object.assign(tree, {
    'x-number': 1e300,
    'x-list': [null, true, [], {}],
    'x-object': { swarm_id: 'no swarm', action: 'LEAVE' },
    constructor: 'not a function',
  });
};

const inConnect = (name: string, where: string, ...path: readonly (string | number)[]): TrackerCase =>
  must(name, `Unknown members ${where} of a CONNECT are ignored.`, ADVICE, async (bench) => {
    const request = connect(bench, bench.peerId(), [join(bench.swarmId())], { peerNum: { count: 5 } });
    const body = edited(bench, request, (root) => extend(inside(root, ...path)));
    expectSuccess(await bench.send(body, { step: `CONNECT with unknown members ${where}` }));
  });

export const UNKNOWN_MEMBERS: readonly TrackerCase[] = [
  inConnect('in-root', 'at the root'),
  inConnect('in-connect', 'in connect', 'connect'),
  inConnect('in-peer-num', 'in peer_num', 'connect', 'peer_num'),
  inConnect('in-peer-addr', 'in peer_addr', 'connect', 'peer_addr', 0),
  inConnect('in-ip-address', 'in ip_address', 'connect', 'peer_addr', 0, 'ip_address'),
  inConnect('in-swarm-action', 'in swarm_action', 'connect', 'swarm_action', 0),
  must('beside-root', 'Unknown members beside PPSPTrackerProtocol are ignored.', ADVICE, async (bench) => {
    const text = edited(bench, connect(bench, bench.peerId(), [join(bench.swarmId())]), () => undefined);
    const body = text.replace('{', '{"x-trace":{"id":7},');
    expectSuccess(await bench.send(body, { step: 'CONNECT with a member beside the root' }));
  }),
  must('in-find', 'Unknown members of a FIND are ignored.', ADVICE, async (bench) => {
    const swarm = bench.swarmId();
    const seed = await joined(bench, swarm, 'SEED');
    const request = find(bench, await joined(bench, swarm), swarm, { count: 5 });
    const body = edited(bench, request, (root) => {
      extend(root);
      extend(inside(root, 'find'));
      extend(inside(root, 'find', 'peer_num'));
    });
    const sent = await bench.send(body, { answers: 'FIND', step: 'FIND with unknown members' });
    expectListed(expectSuccess(sent), swarm, seed, 'the seed');
  }),
  must('in-stat-report', 'Unknown members of a STAT_REPORT are ignored.', ADVICE, async (bench) => {
    const swarmId = bench.swarmId();
    const stats = [
      { swarmId, uploadedBytes: 1n, downloadedBytes: 2n, availableBandwidth: 3, concurrentLinks: 4 },
    ];
    const body = edited(bench, report(bench, await joined(bench, swarmId), stats), (root) => {
      extend(root);
      extend(inside(root, 'stat_report'));
      extend(inside(root, 'stat_report', 'stat', 0));
    });
    const sent = await bench.send(body, { answers: 'STAT_REPORT', step: 'STAT_REPORT with unknown members' });
    expectSuccess(sent);
  }),
];
