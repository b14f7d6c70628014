/** What a field means, how it stands, and by which section. */
import type { ExplainedNode } from '../../../dashboard/explanations.ts';
import { formatCount } from '../../format.ts';

export function FieldMeaning({ id, node }: { readonly id: string; readonly node: ExplainedNode }) {
  const { path, meaning, section, bytes } = node;
  return (
    <div id={id} className="explained-detail">
      <p>{meaning}</p>
      <p className="soft small">
        {section}
        {bytes.end > bytes.start && ` · bytes ${formatCount(bytes.start)} to ${formatCount(bytes.end - 1)}`}
        {path !== '' && (
          <>
            {' · '}
            <span className="mono explained-path">{path}</span>
          </>
        )}
      </p>
    </div>
  );
}
