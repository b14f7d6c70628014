/** How a field's verdict looks: a drawing and a word, the colour goes with them. */
import type { ExplainedNode, Explanation } from '../../../dashboard/explanations.ts';
import type { IconName } from '../../icons.tsx';

interface Mark {
  readonly icon: IconName;
  readonly word: string;
  readonly about: string;
}

export const VERDICTS: Readonly<Record<ExplainedNode['verdict'], Mark>> = {
  ok: { icon: 'check', word: 'ok', about: 'As the text asks.' },
  departs: { icon: 'warning', word: 'departs', about: 'Not as the text asks, and read all the same.' },
  wrong: { icon: 'close', word: 'wrong', about: 'The reader refuses the message here.' },
  unread: { icon: 'waiting', word: 'not judged', about: 'The reader had given up before it came to this.' },
  unknown: {
    icon: 'help',
    word: 'ignored',
    about: 'Not defined by the edition: an extension, not an error.',
  },
};

export const OUTCOMES: Readonly<Record<Explanation['outcome'], ExplainedNode['verdict']>> = {
  conforms: 'ok',
  departs: 'departs',
  refused: 'wrong',
};
