/** One cell of the matrix: a life really lived by one peer before one tracker in one edition, and what is made of it. */
import type { EditionId } from '../../protocol/message.ts';
import type { Exchange, Level } from '../case.ts';

export const CELL_VERDICTS = ['works', 'deviates', 'fails', 'not-applicable'] as const;
export type CellVerdict = (typeof CELL_VERDICTS)[number];

export const CELL_WORDS: Readonly<Record<CellVerdict, { readonly symbol: string; readonly words: string }>> =
  {
    works: { symbol: '✓', words: 'works' },
    deviates: { symbol: '△', words: 'works with deviations' },
    fails: { symbol: '✗', words: 'fails' },
    'not-applicable': { symbol: '–', words: 'not applicable' },
  };

/** What a life has in it, in its order. */
export const STAGES = ['join', 'list', 'report', 'ask anew', 'seed', 'leave'] as const;
export type StageName = (typeof STAGES)[number];

/**
 * `refused`: asked, and the tracker said no, said nothing, or did not do it; `missing`: the peer never asked;
 * `not reached`: the life ended before, or that peer's has none.
 */
export const STAGE_OUTCOMES = ['done', 'refused', 'missing', 'not reached'] as const;
export type StageOutcome = (typeof STAGE_OUTCOMES)[number];

export interface Stage {
  readonly name: StageName;
  readonly outcome: StageOutcome;
  /** Why it was not done, in a few words. */
  readonly why?: string;
}

/** Who sent it: the peer itself, the same bytes once more, or the SEED of ours that it is to find. */
export type Sender = 'peer' | 'repeat' | 'companion';

export interface CellExchange extends Exchange {
  readonly by: Sender;
}

export interface CellFinding {
  /** Whose departure it is. */
  readonly side: 'peer' | 'tracker';
  readonly level: Level;
  readonly section: string;
  readonly what: string;
  /** How often it was met. */
  readonly times: number;
  /** Place in the trace of the first, counted from 1; absent where it is about the whole life. */
  readonly exchange?: number;
}

export interface CellCounts {
  readonly exchanges: number;
  /** Answers that carry an error. */
  readonly errors: number;
  /** Requests with no answer, or none that could be read. */
  readonly unanswered: number;
  /** Bytes of the bodies, both ways. */
  readonly bytes: number;
}

export interface CellResult {
  /** Names of the config's entries. */
  readonly tracker: string;
  readonly peer: string;
  readonly edition: EditionId;
  readonly verdict: CellVerdict;
  /** One sentence. */
  readonly reason: string;
  readonly stages: readonly Stage[];
  readonly findings: readonly CellFinding[];
  readonly counts: CellCounts;
  readonly milliseconds: number;
  /** File name of its recording, beside the matrix's own file; absent when nothing was sent. */
  readonly trace?: string;
}
