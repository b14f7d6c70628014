/** The diagram as a list: every step in words, for those who do not see it and for those who would rather read. */
import { useState } from 'react';
import { formatCount } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { Arrow, SequenceLayout } from './layout.ts';
import { answerText, requestText, senderText, senderTitle, whenText } from './words.ts';

interface StepsProps {
  readonly layout: SequenceLayout;
  readonly onOpen: (arrow: Arrow) => void;
}

/** Rows shown at first, and added with each press. */
const SOME = 300;

export function Steps({ layout, onOpen }: StepsProps) {
  const [most, setMost] = useState(SOME);
  const { arrows } = layout;
  const earlier = Math.max(0, arrows.length - most);
  return (
    <div className="sequence-frame">
      <div className="sequence-steps" tabIndex={0} role="region" aria-label="Steps">
        <table>
          <caption>
            {earlier === 0 ? 'All' : `The latest ${formatCount(most)} of`} {formatCount(arrows.length)} steps,
            in order of time.{' '}
            {earlier > 0 && (
              <button type="button" className="button button-small" onClick={() => setMost(most + SOME)}>
                Show earlier ones
              </button>
            )}
          </caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Peer</th>
              <th scope="col">Request</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {arrows.slice(earlier).map((arrow) => (
              <Step key={arrow.id} arrow={arrow} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Step({ arrow, onOpen }: { readonly arrow: Arrow; readonly onOpen: (arrow: Arrow) => void }) {
  const { item, bad } = arrow;
  return (
    <tr>
      <td>{whenText(item)}</td>
      <td className="mono" title={senderTitle(item)}>
        {senderText(item)}
      </td>
      <td>
        {item.kind === 'link' && item.steps.length === 1 ? (
          requestText(item)
        ) : (
          <button type="button" className="sequence-step" onClick={() => onOpen(arrow)}>
            {requestText(item)}
          </button>
        )}
      </td>
      <td className={bad ? 'sequence-bad' : undefined}>
        {bad && <Icon name="warning" />} {answerText(item)}
      </td>
    </tr>
  );
}
