/** The picture in words, for those who do not see it. */
import type { ForeignState, SwarmView } from '../../dashboard/state.ts';
import { plural } from '../format.ts';

/** Seconds over which a swarm rises or falls. */
const LOOK_BACK = 10;
/** Of its size; less is steady. */
const NOTABLE = 0.05;

/** Which way its number of peers went of late; nothing while it is too young to tell. */
function trend({ history }: SwarmView): string {
  const [now, before] = [history.at(-1), history.at(-1 - LOOK_BACK)];
  if (now === undefined || before === undefined) return '';
  const [size, was] = [now.seeds + now.leeches, before.seeds + before.leeches];
  if (Math.abs(size - was) <= NOTABLE * was) return ', steady';
  return size > was ? ', rising' : ', falling';
}

export const pictureSummary = (swarms: readonly SwarmView[]): string =>
  swarms.length === 0
    ? 'Picture of the swarms: no peers yet.'
    : `Picture of the swarms: ${swarms
        .map((swarm) => {
          const peers = plural(swarm.seeds + swarm.leeches, 'peer');
          return `swarm ${swarm.id}: ${peers}, ${plural(swarm.seeds, 'seed')}${trend(swarm)}`;
        })
        .join('; ')}. The tab Peers lists every peer.`;

/** Of those that are not ours; nothing where there are none. */
export const foreignSummary = ({ bySwarm }: ForeignState): string =>
  bySwarm.length === 0
    ? ''
    : ` Foreign peers: ${bySwarm.map(({ id, seeds, leeches }) => `${seeds + leeches} in ${id}`).join('; ')}.`;
