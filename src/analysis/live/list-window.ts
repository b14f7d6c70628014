/** Which of the kept lists a question is about. */
import { METHODS } from '../../protocol/message.ts';
import type { HandOuts } from './hand-outs.ts';
import type { ListFilter, Looked } from './list-questions.ts';

/** Numbers of the lists in order of time, and what that rests on. `now`: where the run stands; `omitted` goes into the answer. */
export function selectLists(
  handOuts: HandOuts,
  { swarm, method, window }: ListFilter,
  now: number,
  omitted: number,
): { readonly lists: number[]; readonly looked: Looked } {
  const isLast = 'last' in window;
  const from = isLast ? Math.max(0, now - window.last) : window.from;
  const to = isLast ? now : window.to;
  const lists: number[] = [];
  let entries = 0;
  for (let list = handOuts.first; list < handOuts.next; list++) {
    const at = handOuts.at(list);
    // What happened at the very last moment is in the last seconds.
    if (at < from || (isLast ? at > to : at >= to)) continue;
    if (swarm !== undefined && handOuts.swarm(list) !== swarm) continue;
    if (method !== undefined && METHODS[handOuts.method(list)] !== method) continue;
    lists.push(list);
    entries += handOuts.size(list);
  }
  const oldest = handOuts.first === 0 ? 0 : handOuts.at(handOuts.first);
  return {
    lists,
    looked: { from: Math.max(from, oldest), to, lists: lists.length, entries, cut: from < oldest, omitted },
  };
}

/** The swarm with the most of these lists; 0 of none. */
export function busiestSwarm(handOuts: HandOuts, lists: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const list of lists) {
    const swarm = handOuts.swarm(list);
    counts.set(swarm, (counts.get(swarm) ?? 0) + 1);
  }
  let best = 0;
  for (const [swarm, count] of counts) if (count > (counts.get(best) ?? 0)) best = swarm;
  return best;
}
