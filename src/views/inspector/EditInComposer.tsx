/** Takes the request of an exchange to the composer. */
import type { RecordedExchange } from '../../dashboard/inspector.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { placeNamed } from '../places.ts';
import { goTo } from '../usePlace.ts';

interface EditInComposerProps {
  readonly exchange: RecordedExchange;
  readonly onEdit?: () => void;
}

export function EditInComposer({ exchange, onEdit }: EditInComposerProps) {
  const { compose } = useDashboard();
  if (exchange.request.body === undefined) return null;
  return (
    <button
      type="button"
      className="button button-small"
      title="Change the request in the composer, and send it"
      onClick={() => {
        compose.edit(exchange);
        onEdit?.();
        goTo(placeNamed('compose'));
      }}
    >
      <Icon name="compose" />
      edit and resend
    </button>
  );
}
