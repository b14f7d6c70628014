import { useMemo } from 'react';
import { useStore } from 'zustand';
import { recordOfSimulated, type RecordedExchange } from '../../dashboard/inspector.ts';
import type { Exchange } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';

/** An exchange of this run as a record. */
export function useRecord(exchange: Exchange): RecordedExchange {
  const { stores } = useDashboard();
  const swarms = useStore(stores.run, (run) => run.scenario.swarms);
  return useMemo(
    () =>
      recordOfSimulated(
        exchange,
        swarms.map(({ id }) => id),
      ),
    [exchange, swarms],
  );
}
