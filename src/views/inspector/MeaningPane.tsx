/** What the marked field means, and what is to be said against the message: each of it leads to its field. */
import type { ExplainedNode, Explanation } from '../../dashboard/explanations.ts';
import { formatCount, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { keyOfPath, ROOT_KEY, type FieldMap } from './fields.ts';
import type { Marking } from './marks.ts';
import { labelOf } from './tree/FieldTree.tsx';
import { VERDICTS } from './tree/verdicts.ts';
import { visible } from './text.ts';

interface MeaningPaneProps {
  readonly id: string;
  /** It still tells assistive technology what the field in hand is. */
  readonly hidden: boolean;
  readonly explanation: Explanation;
  readonly map: FieldMap;
  readonly marking: Marking;
}

export function MeaningPane({ id, hidden, explanation, map, marking }: MeaningPaneProps) {
  const { marks, pick } = marking;
  const key = marks.hovered ?? marks.current;
  const node = map.byKey.get(key) ?? explanation.root;
  return (
    <div className={hidden ? 'only-spoken' : 'inspector-pane pane-meaning'}>
      <header>
        <h4>Meaning</h4>
        {!hidden && marks.current !== ROOT_KEY && (
          <button
            type="button"
            className="button button-small"
            title="Nothing is marked any more"
            onClick={() => pick(ROOT_KEY, 'meaning')}
          >
            <Icon name="close" /> unmark
          </button>
        )}
      </header>
      <div
        className="meaning-scroll"
        role="group"
        tabIndex={hidden ? undefined : 0}
        aria-label="Meaning of the marked field"
      >
        <div id={id} className="meaning-field">
          <Field node={node} />
        </div>
        {!hidden && <Findings {...{ explanation, map, marking }} />}
      </div>
    </div>
  );
}

function Field({ node }: { readonly node: ExplainedNode }) {
  const { verdict, value, cut, meaning, expected, problem, section, bytes, path } = node;
  const mark = VERDICTS[verdict];
  return (
    <>
      <p className="meaning-name" data-verdict={verdict}>
        <b className="mono">{path === '' ? 'the message' : labelOf(node)}</b>
        <span className="explained-verdict" title={mark.about}>
          <Icon name={mark.icon} /> {mark.word}
        </span>
      </p>
      {value !== undefined && (
        <p className="mono meaning-value">
          {visible(value)}
          {cut && '…'}
        </p>
      )}
      <p>{meaning}</p>
      {problem !== undefined && <p className="meaning-problem">{problem}</p>}
      {expected !== undefined && (
        <p>
          <span className="soft">Expected:</span> {expected}
        </p>
      )}
      <p className="soft small">{section}</p>
      {bytes.end > bytes.start && (
        <p className="soft small">
          {plural(bytes.end - bytes.start, 'byte')}, {formatCount(bytes.start)} to{' '}
          {formatCount(bytes.end - 1)}
        </p>
      )}
      {path !== '' && <p className="soft small mono explained-path">{path}</p>}
    </>
  );
}

function Findings({ explanation, map, marking }: Pick<MeaningPaneProps, 'explanation' | 'map' | 'marking'>) {
  const { findings, error } = explanation;
  const all = [
    ...(error === undefined ? [] : [{ path: error.path, expected: error.problem, section: '', wrong: true }]),
    ...findings.map((finding) => ({ ...finding, wrong: false })),
  ];
  if (all.length === 0)
    return (
      <p className="findings-none">
        <Icon name="check" /> no departure from the grammar
      </p>
    );
  return (
    <div className="meaning-findings">
      <h4>{plural(all.length, 'finding')}</h4>
      <ul>
        {all.map(({ path, expected, section, wrong }) => (
          <li key={`${path} ${expected}`}>
            <button
              type="button"
              className="finding"
              data-wrong={wrong ? '' : undefined}
              onClick={() => marking.pick(keyOfPath(map, path) ?? ROOT_KEY, 'meaning')}
            >
              <Icon name={wrong ? 'close' : 'warning'} />
              <span>
                <span className="mono explained-path">{path === '' ? 'the message' : path}</span>
                {wrong ? ' ' : ': expected '}
                {expected}
                {section !== '' && <span className="soft small"> {section}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
