/** What a peer's recorded life says about the peer: the suite's own cases, those that only look on. */
import type { EditionId, PeerMode } from '../../protocol/message.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import { refuseFindings } from '../../protocol/strict.ts';
import { Stop } from '../case.ts';
import type { PeerBench, PeerCase, Received, Urge } from '../peer-bench.ts';
import type { Life, Witnessed } from '../peer-life.ts';
import { PEER_CASES } from '../peers/index.ts';
import * as form from '../peers/shared/form.ts';
import type { CellFinding } from './cell.ts';
import type { Entry } from './ledger.ts';
import { granted } from './ledger.ts';

export interface RecordedLife {
  readonly edition: EditionId;
  /** Of its first JOIN, as it was to be. */
  readonly mode: PeerMode;
  /** The peer's own, in their order. */
  readonly entries: readonly Entry[];
  /** What it was urged to, after how many of them. */
  readonly urged: ReadonlyMap<Urge, number>;
  /** Milliseconds between two requests of its, at most. */
  readonly patience: number;
}

/** Names of the cases about the form of single requests: they hold whatever the tracker answers. */
const FORMS: ReadonlySet<string> = new Set(Object.values(form).map(([name]) => name));
const nameOf = ({ id }: PeerCase): string => id.slice(id.lastIndexOf('/') + 1);

/** In the order of the suite. */
export async function requestFindings(life: RecordedLife): Promise<readonly CellFinding[]> {
  const { edition, entries } = life;
  if (entries.length === 0) return [];
  // What a peer does after a refusal is no fault of its.
  const undisturbed = entries.every((entry) => granted(entry) !== undefined);
  const bench = new RecordedBench(life);
  const found: CellFinding[] = [];
  for (const one of PEER_CASES) {
    if (one.edition !== edition || (!undisturbed && !FORMS.has(nameOf(one)))) continue;
    const failed = await failureOf(one, bench);
    if (failed === undefined) continue;
    const { level, section, requirement } = one;
    const what = `${requirement} Expected ${failed.expected}; met: ${failed.actual}`;
    found.push({ side: 'peer', level, section, what, times: 1 });
  }
  return found;
}

async function failureOf(
  one: PeerCase,
  bench: PeerBench,
): Promise<{ readonly expected: string; readonly actual: string } | undefined> {
  try {
    await one.run(bench);
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    if (thrown.verdict.verdict === 'fail') return thrown.verdict;
  }
  return undefined;
}

const over = (): never => {
  throw new Stop({ verdict: 'skipped', why: 'the life is over: it can only be looked at' });
};

class RecordedBench implements PeerBench {
  readonly edition: EditionId;
  readonly codec: PeerBench['codec'];
  readonly patience: number;
  readonly #mode: PeerMode;
  readonly #life: Life;

  constructor({ edition, mode, entries, urged, patience }: RecordedLife) {
    this.edition = edition;
    this.codec = codecOf(edition);
    this.patience = patience;
    this.#mode = mode;
    this.#life = {
      mode,
      requests: entries.map(witnessed),
      urged: new Map([...urged].map(([urge, after]) => [urge, { after, certain: true }])),
    };
  }

  life(mode: PeerMode): Promise<Life> {
    return mode === this.#mode ? Promise.resolve(this.#life) : over();
  }
  begin(): Promise<void> {
    return over();
  }
  next(): Promise<Received | undefined> {
    return over();
  }
  urge(): Promise<boolean> {
    return over();
  }
  now(): number {
    return over();
  }
  wait(): Promise<void> {
    return over();
  }
}

function witnessed({ exchange, request, before }: Entry): Witnessed {
  const { at, request: sent } = exchange;
  const received: Received = {
    at,
    ...sent,
    tolerant: request,
    strict: refuseFindings(request),
    answer: over,
    drop: over,
  };
  return { received, request: request.ok ? request.message : undefined, before };
}
