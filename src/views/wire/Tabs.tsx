/** The logs: the live one, and those from files, with how far their import is. */
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { LIVE, type WireLog } from '../../dashboard/wire/state.ts';
import { useDashboard } from '../context.tsx';
import { formatBytes, formatCompact, formatPercent, formatSpan } from '../format.ts';
import { Icon } from '../icons.tsx';

/** What the reader of files knows; whatever else is chosen is looked at all the same. */
const KINDS = '.ndjson,.jsonl,.json,.har,.pcap,.pcapng,.cap';

export function Tabs() {
  const { wire } = useDashboard();
  const logs = useStore(wire.store, (state) => state.logs);
  const active = useStore(wire.store, (state) => state.active);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="wire-logs">
      <ul className="wire-tabs" aria-label="Logs">
        {logs.map((log) => (
          <LogTab key={log.id} log={log} active={log.id === active} />
        ))}
      </ul>
      <button
        type="button"
        className="button button-small"
        title="Read exchanges from NDJSON, HAR, pcap or pcapng; a file can also be dropped on the page"
        onClick={() => picker.current?.click()}
      >
        <Icon name="upload" />
        Import
      </button>
      <input
        name="files"
        ref={picker}
        type="file"
        className="only-spoken"
        tabIndex={-1}
        aria-label="Files to import"
        accept={KINDS}
        multiple
        onChange={(event) => {
          wire.importFiles(event.target.files ?? []);
          // The same file once more is a change too.
          event.target.value = '';
        }}
      />
    </div>
  );
}

function LogTab({ log, active }: { readonly log: WireLog; readonly active: boolean }) {
  const { wire } = useDashboard();
  const { id, name, status, importing } = log;
  // A log that is not looked at tells nothing; a file's number is known from its import.
  const [seen, setSeen] = useState<number>();
  const total = active ? status?.total : undefined;
  if (total !== undefined && total !== seen) setSeen(total);
  const count = total ?? log.report?.exchanges ?? seen;
  return (
    <li className="wire-tab" data-active={active ? '' : undefined}>
      <button
        type="button"
        className="wire-tab-name"
        aria-pressed={active}
        title={name}
        onClick={() => wire.show(id)}
      >
        {id === LIVE && <span className="wire-pulse" aria-hidden="true" />}
        <span className="wire-cut">{name}</span>
        <span className="soft">
          {importing === undefined
            ? count === undefined
              ? ''
              : formatCompact(count)
            : formatPercent(importing.size === 0 ? 1 : importing.bytes / importing.size)}
        </span>
      </button>
      {id !== LIVE && (
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label={importing === undefined ? `Close ${name}` : `Cancel the import of ${name}`}
          onClick={() => wire.close(id)}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

/** How far the import of the log shown is. */
export function ImportMeter({ log }: { readonly log: WireLog }) {
  const { wire } = useDashboard();
  const { importing, name, id } = log;
  if (importing === undefined) return null;
  const { bytes, size, remaining } = importing;
  return (
    <div className="wire-meter">
      <label>
        <span>
          Reading {name}: {formatBytes(bytes)} of {formatBytes(size)}
          {remaining !== undefined && `, ${formatSpan(remaining)} to go`}
        </span>
        <progress value={bytes} max={size} />
      </label>
      <button type="button" className="button button-small" onClick={() => wire.close(id)}>
        <Icon name="close" />
        Cancel
      </button>
    </div>
  );
}
