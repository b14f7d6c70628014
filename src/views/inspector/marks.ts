/** What is marked in the panes of one message: the field in hand, and the one under the pointer. */
import { ROOT_KEY } from './fields.ts';

export type PaneName = 'text' | 'hex' | 'tree' | 'meaning';

export interface Marks {
  /** In hand: chosen by a click, the arrow keys or a finding. */
  readonly current: string;
  readonly hovered: string | undefined;
  /** The pane it came from, which does not move under the reader; the others scroll to it. */
  readonly by: PaneName | undefined;
}

export const NO_MARKS: Marks = { current: ROOT_KEY, hovered: undefined, by: undefined };

export interface Marking {
  readonly marks: Marks;
  readonly hover: (key: string | undefined, by: PaneName) => void;
  readonly pick: (key: string, by: PaneName) => void;
}
