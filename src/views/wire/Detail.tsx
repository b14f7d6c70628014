/** The message that is open, beside the table. */
import type { OpenExchange, WireLog } from '../../dashboard/wire/state.ts';
import { withWord } from '../../dashboard/wire/filters.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { useComparands } from './useComparands.ts';

interface DetailProps {
  readonly log: WireLog;
  readonly open: OpenExchange;
  readonly onClose: () => void;
}

export function Detail({ log, open, onClose }: DetailProps) {
  const { wire } = useDashboard();
  const { query, pinned } = log;
  const { row, exchange } = open;
  const record = typeof exchange === 'string' ? undefined : exchange;
  const { others, find } = useComparands(log, row.row, record);
  const isPinned = pinned.some((one) => one.row === row.row);
  const close = (
    <button
      type="button"
      className="button button-quiet button-small"
      aria-label="Close the message"
      title="Close the message (Esc)"
      onClick={onClose}
    >
      <Icon name="close" />
    </button>
  );
  return (
    <aside className="wire-detail" aria-label="Message">
      {exchange === 'reading' || exchange === 'gone' ? (
        <div className="wire-no-message">
          {close}
          <p className={exchange === 'gone' ? 'note' : 'soft'}>
            {exchange === 'gone'
              ? 'This exchange was let go for want of room, or its file is not there any more.'
              : 'Reading…'}
          </p>
        </div>
      ) : (
        <Inspector
          key={`${log.id} ${row.row}`}
          exchange={exchange}
          others={others}
          onFind={find}
          onPeer={(peerId) => wire.ask({ ...query, filter: withWord(query.filter, 'peers', peerId, true) })}
        >
          <button
            type="button"
            className="button button-quiet button-small"
            aria-pressed={isPinned}
            title="Keep its row on top of the table"
            onClick={() => wire.pin(row, !isPinned)}
          >
            <Icon name="pin" />
            {isPinned ? 'pinned' : 'pin'}
          </button>
          {close}
        </Inspector>
      )}
    </aside>
  );
}
