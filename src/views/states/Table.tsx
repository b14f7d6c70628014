/** The same as the drawing, as a table: for those who read it, and for those who hear it. */
import { STATES, type RowFlow, type StatesAnswer } from '../../dashboard/state-flows.ts';
import { formatCount } from '../format.ts';
import { nameOf, type Choice } from './choice.ts';
import { countsOf } from './scene.ts';
import { perhapsWords, rateWords } from './words.ts';

interface TableProps {
  readonly answer: StatesAnswer | undefined;
  readonly flows: readonly RowFlow[];
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
}

export function Table({ answer, flows, choice, onChoose }: TableProps) {
  const counts = countsOf(answer, flows);
  const chosen = choice && nameOf(choice);
  const pick = (of: Choice, words: string) => (
    <button
      type="button"
      className="states-link-button"
      aria-pressed={chosen === nameOf(of)}
      onClick={() => onChoose(of)}
    >
      {words}
    </button>
  );
  return (
    <div className="states-tables" tabIndex={0} role="region" aria-label="States and transitions">
      <table>
        <caption>States</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Peers there</th>
            <th scope="col">Vanished, still held</th>
          </tr>
        </thead>
        <tbody>
          {STATES.map((state) => (
            <tr key={state}>
              <th scope="row">{pick({ kind: 'state', state }, state)}</th>
              <td className="number">{formatCount(counts[state].present)}</td>
              <td className="number">{formatCount(counts[state].silent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>Transitions</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Event</th>
            <th scope="col">To</th>
            <th scope="col">Each second</th>
            <th scope="col">In all, and perhaps</th>
            <th scope="col">Timers</th>
            <th scope="col">Where it is said</th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.index}>
              <td>{flow.from}</td>
              <th scope="row">{pick({ kind: 'row', index: flow.index }, flow.event)}</th>
              <td>{flow.to}</td>
              <td className="number">{rateWords(flow)}</td>
              <td className="number">{perhapsWords(flow)}</td>
              <td>{flow.timers.join(', ')}</td>
              <td className="soft">{flow.sections.join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
