/** The inspector over the whole page, for a place that has no room for it. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { comparableWith, recordOfSimulated } from '../../dashboard/inspector.ts';
import type { Exchange } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import { Dialog } from '../dialog/Dialog.tsx';
import { Inspector, type Comparand } from './Inspector.tsx';
import { useRecord } from './useRecord.ts';

interface InspectorDialogProps {
  readonly exchange: Exchange;
  readonly onClose: () => void;
}

export function InspectorDialog({ exchange, onClose }: InspectorDialogProps) {
  const { stores } = useDashboard();
  const swarms = useStore(stores.run, (run) => run.scenario.swarms);
  const names = useMemo(() => swarms.map(({ id }) => id), [swarms]);
  const record = useRecord(exchange);
  // As they were when it was opened: the list goes on.
  const others = useMemo<readonly Comparand[]>(() => {
    const { list } = stores.exchanges.getState();
    const known = list.map((one) => ({ ...one, time: one.at }));
    return comparableWith(record, known).map(({ name, one, retry }) => ({
      id: String(one.id),
      name,
      retry,
      load: () => Promise.resolve(recordOfSimulated(one, names)),
    }));
  }, [stores, record, names]);
  return (
    <Dialog title="Inspector" page onClose={onClose}>
      <Inspector onEdit={onClose} exchange={record} others={others} />
    </Dialog>
  );
}
