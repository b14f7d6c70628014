/** Single lists and single peers, as they are told of by themselves. */
import { METHODS } from '../../protocol/message.ts';
import type { PeerHandle } from '../../simulation/report.ts';
import { UNKNOWN, type HandOuts } from './hand-outs.ts';
import type { ListFacts, Who } from './list-questions.ts';
import type { Directory } from './observer.ts';
import { jaccard } from './overlap.ts';

export class FactsOfLists {
  readonly #handOuts: HandOuts;
  readonly #directory: Directory;

  constructor(handOuts: HandOuts, directory: Directory) {
    this.#handOuts = handOuts;
    this.#directory = directory;
  }

  /** The newest first of these, `most` of them; with `peer`, a row, only those that it got or stood on. */
  latest(lists: readonly number[], peer: number | undefined, most: number): ListFacts[] {
    const found: ListFacts[] = [];
    for (const list of lists.toReversed()) {
      if (found.length >= most) break;
      const isOfPeer =
        peer === undefined || this.#handOuts.asker(list) === peer || this.#handOuts.rows(list).includes(peer);
      if (isOfPeer) found.push(this.of(list));
    }
    return found;
  }

  of(list: number): ListFacts {
    const handOuts = this.#handOuts;
    const at = handOuts.at(list);
    const rows = handOuts.rows(list);
    const known = [...rows].filter((row) => row !== UNKNOWN);
    const before = handOuts.before(list);
    return {
      list,
      at,
      asker: this.#directory.handleAt(handOuts.asker(list)),
      swarm: handOuts.swarm(list),
      method: METHODS[handOuts.method(list)] ?? '',
      size: rows.length,
      wanted: handOuts.wanted(list) || undefined,
      gone: known.filter((row) => this.#directory.departedAt(row) <= at).length,
      unknown: rows.length - known.length,
      before,
      overlap: before === undefined ? undefined : jaccard(handOuts.rows(before), rows),
    };
  }
}

/** Those of them that were ever heard of. */
export const whoAre = (peers: readonly PeerHandle[], directory: Directory): Who[] =>
  peers.flatMap((peer) => {
    const row = directory.rowOf(peer);
    if (row === undefined) return [];
    return [
      {
        peer,
        peerId: directory.peerIdAt(row),
        swarm: directory.swarmAt(row),
        edition: directory.editionAt(row),
        asn: directory.asnAt(row),
        mode: directory.modeAt(row),
        arrivedAt: directory.arrivedAt(row),
        departedAt: directory.departedAt(row),
      },
    ];
  });
