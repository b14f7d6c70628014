/** Reports and keep-alives, judged over a whole life. */
import type { StreamStats } from '../../../protocol/message.ts';
import { isReport } from '../../desk.ts';
import { held } from '../../good-tracker.ts';
import { lifeOf, understood, which } from '../../peer-body.ts';
import type { PeerBody, Understood } from '../../peer-body.ts';
import type { Life } from '../../peer-life.ts';
import { expect, suppose } from '../../verify.ts';

/** Those of the time in which nothing else was asked of the peer. */
function undisturbed(life: Life): readonly Understood[] {
  const first = Math.min(...[...life.urged.values()].map(({ after }) => after), life.requests.length);
  return understood({ requests: life.requests.slice(0, first) });
}

export const PERIODIC: PeerBody = [
  'periodic',
  'A peer reports periodically while it is active.',
  'Send a STAT_REPORT (or what the edition has as keep-alive) every interval, well within the track timer.',
  async (bench) => {
    const life = await lifeOf(bench);
    suppose(
      understood(life).some((one) => held(one.before, one.request).swarms.size > 0),
      'the peer joined no swarm',
    );
    const reports = undisturbed(life).filter(({ request }) => isReport(request)).length;
    const seconds = bench.patience / 1000;
    expect(
      reports >= 2,
      'reports again and again',
      `${reports} of them, then ${seconds} s without any request`,
    );
  },
];

const statsOf = (one: Understood): readonly StreamStats[] =>
  one.request.method === 'STAT_REPORT' ? one.request.stats : [];

export const OWN_SWARMS: PeerBody = [
  'reports-own-swarms',
  'Statistics are about swarms that the peer is in.',
  'Report each swarm under the ID it was joined by, and none that was left.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life))
      for (const { swarmId } of statsOf(one)) {
        const own = swarmId === undefined || one.before.swarms.has(swarmId);
        expect(own, 'a swarm it is in', `${which(life, one)} names another`);
      }
  },
];

export const SWARM_NAMED: PeerBody = [
  'reports-name-swarm',
  'Statistics of a swarm say which swarm.',
  'Put SwarmID into each statistics element.',
  async (bench) => {
    const life = await lifeOf(bench);
    for (const one of understood(life))
      for (const { swarmId } of statsOf(one))
        expect(swarmId !== undefined, 'a SwarmID', `${which(life, one)} has statistics without one`);
  },
];

export const MONOTONE: PeerBody = [
  'counters-grow',
  'Bytes sent and received count from the JOIN on: they never fall while the peer stays.',
  'Report totals since the JOIN, not what came since the last report.',
  async (bench) => {
    const life = await lifeOf(bench);
    const last = new Map<string, StreamStats>();
    for (const one of understood(life)) {
      if (one.before.swarms.size === 0) last.clear();
      for (const stats of statsOf(one)) {
        const before = last.get(stats.swarmId ?? '');
        const fell =
          (before?.uploadedBytes ?? 0n) > (stats.uploadedBytes ?? before?.uploadedBytes ?? 0n) ||
          (before?.downloadedBytes ?? 0n) > (stats.downloadedBytes ?? before?.downloadedBytes ?? 0n);
        expect(!fell, 'totals that grow', `${which(life, one)} has less than the report before`);
        last.set(stats.swarmId ?? '', stats);
      }
    }
  },
];

export const KEEPALIVE_WHEN_IDLE: PeerBody = [
  'keepalive-when-idle',
  'A peer that exchanges no data still shows that it is alive.',
  'Send KEEPALIVE (a STAT_REPORT does too) while there is nothing to report.',
  async (bench) => {
    const life = await lifeOf(bench, 'SEED');
    const alive = undisturbed(life).filter(({ request }) => isReport(request)).length;
    expect(alive >= 2, 'KEEPALIVE or STAT_REPORT', `${alive} of them, then silence`);
  },
];
