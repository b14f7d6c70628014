/** How far everybody is, of all sources together: each tells it of its own peers, and not at the same time. */
import type { Observation } from '../../simulation/observation.ts';

type Standing = NonNullable<Observation['standing']>;

/** Milliseconds by the wall clock that the latest of the one source waits for those of the others. */
const PATIENCE = 1500;

export class Standings {
  readonly #latest = new Map<
    number,
    { readonly standing: Standing; readonly since: number; told: boolean }
  >();

  /** `now`: milliseconds by the wall clock. */
  set(source: number, standing: Standing, now: number): void {
    const since = this.#latest.get(source)?.told === false ? (this.#latest.get(source)?.since ?? now) : now;
    this.#latest.set(source, { standing, since, told: false });
  }

  /** The source is gone. */
  drop(source: number): void {
    this.#latest.delete(source);
  }

  /** Of everybody, when every source has said something new, or one has waited for the others long enough. */
  take(now: number): Standing | undefined {
    const all = [...this.#latest.values()];
    const fresh = all.filter(({ told }) => !told);
    const due = fresh.length === all.length || fresh.some(({ since }) => now - since >= PATIENCE);
    if (fresh.length === 0 || !due) return undefined;
    for (const one of fresh) one.told = true;
    const [first] = all;
    return all.length === 1 ? first?.standing : sumOf(all.map(({ standing }) => standing));
  }
}

function sumOf(standings: readonly Standing[]): Standing {
  const size = standings.reduce((sum, { peer }) => sum + peer.length, 0);
  const peer = new Uint32Array(size);
  const share = new Float32Array(size);
  const holders = new Map<number, Uint32Array<ArrayBuffer>>();
  let filled = 0;
  for (const standing of standings) {
    peer.set(standing.peer, filled);
    share.set(standing.share, filled);
    filled += standing.peer.length;
    for (const { swarm, chunks } of standing.holders) {
      const others = holders.get(swarm);
      holders.set(
        swarm,
        others === undefined ? chunks : chunks.map((count, at) => count + (others[at] ?? 0)),
      );
    }
  }
  return { peer, share, holders: [...holders].map(([swarm, chunks]) => ({ swarm, chunks })) };
}
