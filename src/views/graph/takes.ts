/** The page's side of taking the picture along: the drawing worker has what it is made of. */
import { csvTable } from '../../dashboard/csv.ts';
import type { Exportable, LegendEntry } from '../export/exportable.ts';
import { COLOUR_NAMES } from './colouring.ts';
import type { Paint } from './Legend.tsx';
import type { GraphCommand, GraphReport, ShownPeer } from './messages.ts';

type Taken = Extract<GraphReport, { kind: 'taken' }>;

const COLUMNS = [
  'handle',
  'id',
  'swarm',
  'mode',
  'edition',
  'phase',
  'foreign',
  'share',
  'upload',
  'download',
] as const satisfies readonly (keyof ShownPeer)[];

const SIGNS: readonly LegendEntry[] = [
  { label: 'SEED', colour: 'var(--seed)', mark: 'disc' },
  { label: 'LEECH, arc = share', colour: 'var(--leech)', mark: 'ring' },
  { label: 'silent or joining', colour: 'var(--ink-soft)', mark: 'ring' },
  { label: 'tracker', colour: 'var(--tracker)', mark: 'disc' },
  { label: 'error', colour: 'var(--error)', mark: 'disc' },
  { label: 'link', colour: 'var(--ink-soft)', mark: 'line' },
];

/** What the discs' colours mean, and the classes of that. */
interface Seen {
  readonly paint: Paint;
  readonly colours: readonly string[];
  readonly names: readonly string[];
}

export class Takes {
  readonly #asked = new Map<number, (taken: Taken | undefined) => void>();
  #asks = 0;

  answer(taken: Taken): void {
    this.#asked.get(taken.ask)?.(taken);
    this.#asked.delete(taken.ask);
  }

  /** The worker is gone. */
  giveUp(): void {
    for (const resolve of this.#asked.values()) resolve(undefined);
    this.#asked.clear();
  }

  exportable(send: (command: GraphCommand) => void, seen: Seen): Exportable {
    const take = (scale: number | undefined): Promise<Taken | undefined> =>
      new Promise((resolve) => {
        const ask = ++this.#asks;
        this.#asked.set(ask, resolve);
        send({ kind: 'take', ask, scale });
      });
    return {
      name: 'swarm',
      title: 'Swarms, peers and their links',
      legend: legendOf(seen),
      pixels: async (scale) => (await take(scale))?.picture,
      csv: async () => {
        const peers = (await take(undefined))?.peers ?? [];
        return peers.length === 0
          ? ''
          : csvTable(
              COLUMNS,
              peers.map((peer) => ({ ...peer, foreign: String(peer.foreign) })),
            );
      },
    };
  }
}

function legendOf({ paint: { by }, colours, names }: Seen): readonly LegendEntry[] {
  if (by === 'mode') return SIGNS;
  return names.map((name, place) => ({
    label: `${COLOUR_NAMES[by]}: ${name}`,
    colour: colours[place] ?? 'var(--ink)',
    mark: 'disc',
  }));
}
