/** A message field by field: the tree, a verdict for each field, and what the one in hand means. */
import { useId, useMemo, useState } from 'react';
import type { Explanation, Side } from '../../../dashboard/explanations.ts';
import type { RecordedExchange } from '../../../dashboard/inspector.ts';
import { Icon } from '../../icons.tsx';
import { fieldMap, ROOT_KEY } from '../../inspector/fields.ts';
import { FieldMeaning } from '../../inspector/tree/FieldMeaning.tsx';
import { FieldTree } from '../../inspector/tree/FieldTree.tsx';
import { Summary } from '../../inspector/tree/Summary.tsx';
import { useExplained } from '../../inspector/useExplained.ts';

interface ExplainedBodyProps {
  readonly exchange: RecordedExchange;
  readonly side: Side;
}

export function ExplainedBody({ exchange, side }: ExplainedBodyProps) {
  const explained = useExplained(exchange, side);
  if (explained === undefined || explained === 'none') return <p className="soft">Reading…</p>;
  if (explained.kind === 'fault')
    return (
      <p className="note note-bad">
        <Icon name="warning" /> {explained.message}
      </p>
    );
  return <Fields explanation={explained.explanation} side={side} />;
}

function Fields({ explanation, side }: { readonly explanation: Explanation; readonly side: Side }) {
  const { root, truncated } = explanation;
  const [current, setCurrent] = useState(ROOT_KEY);
  const [hovered, setHovered] = useState<string>();
  const { byKey } = useMemo(() => fieldMap(root, [], root.bytes.end), [root]);
  const detail = useId();
  return (
    <div className="explained">
      <Summary explanation={explanation} />
      <FieldTree
        root={root}
        label={`${side}, explained`}
        follow={false}
        onPick={(key) => {
          setCurrent(key);
          setHovered(undefined);
        }}
        onHover={setHovered}
        {...{ detail, current, hovered }}
      />
      <FieldMeaning id={detail} node={byKey.get(hovered ?? current) ?? root} />
      {truncated && <p className="soft">The message has more fields than are shown here.</p>}
    </div>
  );
}
