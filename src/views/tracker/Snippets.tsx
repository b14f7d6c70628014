/** What a person is to copy to set a tracker right: commands, headers. */
import type { TrackerProblem } from '../../dashboard/state.ts';
import { CopyButton } from '../CopyButton.tsx';
import './snippets.css';

export function Snippets({ of }: { readonly of: TrackerProblem['snippets'] }) {
  return of.map(({ what, text }) => (
    <figure key={what} className="snippet">
      <figcaption>
        {what} <CopyButton text={text} what={what} />
      </figcaption>
      <pre>{text}</pre>
    </figure>
  ));
}
