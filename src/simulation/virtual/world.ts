/** What an entity can do besides minding itself: tell the log, and send something to another. */
import type { Micros, RunEvent } from './events.ts';
import type { Item } from './item.ts';
import type { Entity } from './queue.ts';
import type { Script } from './script.ts';

export interface World {
  readonly script: Script;
  /** Virtual time. */
  readonly now: Micros;
  tell(entity: Entity, event: RunEvent): void;
  tells(kind: RunEvent['kind']): boolean;
  /** An event of its own: `count` is the entity's own, one more each time. */
  schedule(at: Micros, entity: Entity, count: number, item: Item): void;
  /**
   * To another entity, over the network; `count`: the sender's own, as in `schedule`. `answered`: of the tracker's
   * answers, the count of the request, for what becomes of one is up to the dice of who asked.
   */
  send(from: Entity, to: Entity, item: Item, count: () => number, answered?: number): void;
  /** An event that befalls a peer of this part now, by a fault; `count`: the fault's own. */
  strike(entity: Entity, count: number, item: Item): void;
}
