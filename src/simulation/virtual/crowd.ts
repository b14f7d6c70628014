/** What the sides of a peer share: all peers of a part, and the world around them. */
import type { Cast } from './cast.ts';
import type { Observing } from '../observing.ts';
import type { Departure, PeerIndex } from './events.ts';
import type { PeerIds } from './homes.ts';
import type { Entity } from './queue.ts';
import type { Session } from './session.ts';
import type { Stories } from './story.ts';
import type { PeerTable, Row } from './table.ts';
import type { World } from './world.ts';

/** Since the run began; names as in `report.ts`. */
export interface Tally {
  arrived: number;
  completed: number;
  left: number;
  crashed: number;
  requests: number;
  answered: number;
  errors: number;
  unreadable: number;
  failures: number;
}

export interface Crowd {
  readonly world: World;
  readonly cast: Cast;
  readonly ids: PeerIds;
  readonly table: PeerTable;
  readonly tally: Tally;
  /** Only where somebody watches. */
  readonly stories: Stories | undefined;
  /** The same, of all that happens. */
  readonly observing: Observing | undefined;
  /** Number of the next event of a peer's making. */
  readonly count: (row: Row) => number;
  end(session: Session, how: Departure): void;
  /** For its history, if anyone watches. */
  readonly note: (peer: PeerIndex, what: string) => void;
}

export const entityOf = (peer: PeerIndex): Entity => peer + 1;
