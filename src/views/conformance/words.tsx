/** How a case stands, by icon, word and colour; how strongly its text asks. */
import type { CaseInfo, Standing } from '../../dashboard/conformance/state.ts';
import { Icon, type IconName } from '../icons.tsx';

const ICONS: Readonly<Record<Standing, IconName>> = {
  passes: 'check',
  fails: 'warning',
  'falls short': 'warning',
  fault: 'settings',
  open: 'help',
  skipped: 'back',
  'not run': 'waiting',
};

export const STANDING_ABOUT: Readonly<Record<Standing, string>> = {
  passes: 'What the text asks for is met',
  fails: 'A MUST is not met',
  'falls short': 'A SHOULD is not met',
  fault: 'The case itself is at fault, not what is tested',
  open: 'The requirement was not reached: a step before it went wrong, or the time ran out',
  skipped: 'Not tried: something it needs is not there',
  'not run': 'Not run yet',
};

export function StandingMark({
  standing,
  running = false,
}: {
  readonly standing: Standing;
  readonly running?: boolean;
}) {
  return (
    <span className="conf-standing" data-standing={running ? 'running' : standing}>
      <Icon name={running ? 'start' : ICONS[standing]} />
      {running ? 'running' : standing}
    </span>
  );
}

export function LevelMark({ info: { level, ours } }: { readonly info: Pick<CaseInfo, 'level' | 'ours'> }) {
  return (
    <span
      className="conf-level"
      data-level={level}
      title={ours ? 'The texts are silent or contradict each other: this project decided' : undefined}
    >
      {level}
      {ours && <i> ours</i>}
    </span>
  );
}
