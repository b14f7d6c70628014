/** The exchanges of the diagram as a table. */
import { csvTable } from '../../dashboard/csv.ts';
import type { SequenceStep } from '../../dashboard/wire/sequence.ts';

const COLUMNS = [
  'time',
  'took',
  'peer',
  'swarms',
  'edition',
  'method',
  'transaction',
  'attempt',
  'verdict',
  'trouble',
  'status',
  'request bytes',
  'response bytes',
] as const;

/** Times in milliseconds, by the clock of the recording. */
export const stepsTable = (steps: readonly SequenceStep[]): string =>
  csvTable(
    COLUMNS,
    steps.map((step) => ({
      time: step.time,
      took: step.took,
      peer: step.peerId,
      swarms: step.swarms.join(' '),
      edition: step.edition,
      method: step.method,
      transaction: step.transactionId,
      attempt: step.attempt,
      verdict: step.verdict,
      trouble: step.trouble,
      status: step.status,
      'request bytes': step.requestBytes,
      'response bytes': step.responseBytes,
    })),
  );
