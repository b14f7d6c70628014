/** What can be done about any selected peer, ours or not. */
import { useDashboard } from '../../context.tsx';

interface SelectionActionsProps {
  readonly ended: boolean;
  readonly onFollow: () => void;
}

export function SelectionActions({ ended, onFollow }: SelectionActionsProps) {
  const { commands } = useDashboard();
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={ended}
        title="The picture follows this peer (f)"
        onClick={onFollow}
      >
        Follow
      </button>
      <button
        type="button"
        className="button button-quiet"
        title="Clear the selection (Esc)"
        onClick={() => commands.select(undefined)}
      >
        Clear
      </button>
    </>
  );
}
