/** The matrix as a table for other programs: a record for each cell. */
import { csvTable } from '../../dashboard/csv.ts';
import type { MatrixReport } from '../../dashboard/matrix/desk.ts';

const COLUMNS = [
  'tracker',
  'peer',
  'edition',
  'verdict',
  'reason',
  'exchanges',
  'errors',
  'unanswered',
  'bytes',
] as const;

export const cellsTable = ({ cells }: MatrixReport): string =>
  csvTable(
    COLUMNS,
    cells.map(({ tracker, peer, edition, verdict, reason, counts }) => ({
      tracker,
      peer,
      edition,
      verdict,
      reason,
      exchanges: counts.exchanges,
      errors: counts.errors,
      unanswered: counts.unanswered,
      bytes: counts.bytes,
    })),
  );
