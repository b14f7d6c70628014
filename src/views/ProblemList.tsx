/** What is wrong with a scenario or a sweep: where, what, and what to do. */
import type { Problem } from '../dashboard/scenarios.ts';
import { plural } from './format.ts';

interface ProblemListProps {
  readonly problems: readonly Problem[];
  /** How many there are beside these. */
  readonly more?: number;
}

export function ProblemList({ problems, more = 0 }: ProblemListProps) {
  return (
    <ul className="problem-list">
      {problems.map(({ path, line, column, problem, remedy }) => (
        <li key={`${path} ${problem}`}>
          <code>{path}</code>
          {line !== undefined && (
            <span className="soft">
              {' '}
              line {line}, column {column}
            </span>
          )}
          : {problem} {remedy}
        </li>
      ))}
      {more > 0 && <li>and {plural(more, 'more problem', 'more problems')}.</li>}
    </ul>
  );
}
