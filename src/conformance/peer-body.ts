/** What cases of several editions have in common: the edition's file says where it is asked for, and how strongly. */
import type { PeerBench } from './peer-bench.ts';
import type { Life, Witnessed } from './peer-life.ts';
import type { Request } from '../protocol/message.ts';
import { isReport } from './desk.ts';
import { expect, suppose } from './verify.ts';

export type PeerBody = readonly [
  name: string,
  requirement: string,
  advice: string,
  run: (bench: PeerBench) => Promise<void>,
];

/** A request that could be read. */
export type Understood = Witnessed & { readonly request: Request };

/** The life of a LEECH, or of what `mode` says; the case says nothing when nobody came. */
export async function lifeOf(bench: PeerBench, mode: 'LEECH' | 'SEED' = 'LEECH'): Promise<Life> {
  const life = await bench.life(mode);
  suppose(life.requests.length > 0, 'no peer came');
  return life;
}

export const understood = ({ requests }: Pick<Life, 'requests'>): readonly Understood[] =>
  requests.filter((one): one is Understood => one.request !== undefined);

/** `request 3 (STAT_REPORT)`, as the record counts them. */
export function which({ requests }: Life, one: Witnessed): string {
  return `request ${requests.indexOf(one) + 1} (${one.request?.method ?? 'not understood'})`;
}

/** Whether a peer goes on can be told only of one that reports when nothing is amiss. */
export async function expectReports(bench: PeerBench, reports: boolean, actual: string): Promise<void> {
  if (reports) return;
  const life = await lifeOf(bench);
  suppose(
    understood(life).some(({ request }) => isReport(request)),
    'the peer never reports, so it cannot be told',
  );
  expect(false, 'reports, as after any success', actual);
}
