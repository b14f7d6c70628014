/** The choice of what an exchange is compared with: what is at hand, and what a part of an ID finds. */
import { useEffect, useState } from 'react';
import type { Comparand } from './Comparison.tsx';

interface CompareWithProps {
  readonly others: readonly Comparand[];
  readonly chosen: Comparand | undefined;
  readonly onChoose: (other: Comparand | undefined) => void;
  readonly onFind?: (text: string) => Promise<readonly Comparand[]>;
}

const NONE: readonly Comparand[] = [];

export function CompareWith({ others, chosen, onChoose, onFind }: CompareWithProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    if (onFind === undefined || text.trim() === '') return undefined;
    let wanted = true;
    void onFind(text).then((answer) => {
      if (wanted) setFound(answer);
    });
    return () => {
      wanted = false;
    };
  }, [onFind, text]);
  if (others.length === 0 && onFind === undefined) return null;
  const more = text.trim() === '' ? NONE : found;
  const offered = [...others, ...more.filter(({ id }) => others.every((one) => one.id !== id))];
  // What is chosen stays on offer, though its list has gone on.
  const strayed = chosen !== undefined && offered.every(({ id }) => id !== chosen.id) ? [chosen] : NONE;
  return (
    <div className="inspector-compare">
      {onFind !== undefined && (
        <input
          type="search"
          className="field-control"
          aria-label="Find another exchange"
          placeholder="Find by ID"
          title="A peer, swarm or transaction ID or a part of one, or the number of an exchange"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && more[0] !== undefined) onChoose(more[0]);
          }}
        />
      )}
      <label>
        <span className="soft">Compare with</span>
        <select
          className="field-control"
          value={chosen?.id ?? ''}
          onChange={({ target }) => onChoose([...offered, ...strayed].find(({ id }) => id === target.value))}
        >
          <option value="">nothing</option>
          <Options of={[...strayed, ...others]} />
          {more.length > 0 && (
            <optgroup label={`Found by \u201c${text.trim()}\u201d`}>
              <Options of={more.filter((one) => !others.some(({ id }) => id === one.id))} />
            </optgroup>
          )}
        </select>
      </label>
      <span role="status" className="only-spoken">
        {text.trim() === '' ? '' : `${more.length} found`}
      </span>
    </div>
  );
}

function Options({ of }: { readonly of: readonly Comparand[] }) {
  return of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
