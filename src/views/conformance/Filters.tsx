/** Which cases are shown: by how they stand, edition, level, section and text. */
import { useImperativeHandle, useRef, type Ref } from 'react';
import { sectionsOf, type Standings } from '../../dashboard/conformance/filter.ts';
import { STANDINGS, type CaseFilter, type CaseInfo } from '../../dashboard/conformance/state.ts';
import { useDashboard } from '../context.tsx';
import { EDITION_NAMES, editionName } from '../editions.ts';
import { formatCount } from '../format.ts';
import { STANDING_ABOUT, StandingMark } from './words.tsx';

export interface FilterControls {
  /** The cursor into the field that filters. */
  find(): void;
}

interface FiltersProps {
  readonly filter: CaseFilter;
  /** Of the suite. */
  readonly cases: readonly CaseInfo[];
  /** Of those that the rest of the filter lets through. */
  readonly standings: Standings;
  readonly ref?: Ref<FilterControls>;
}

const LEVELS = ['MUST', 'SHOULD', 'ours'] as const;

export function Filters({ filter, cases, standings, ref }: FiltersProps) {
  const { conformance } = useDashboard();
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({
    find() {
      field.current?.focus();
      field.current?.select();
    },
  }));
  const editions = EDITION_NAMES.flatMap(({ id }) => (id === 'mixed' ? [] : [id]));
  const sections = sectionsOf(
    cases.filter(({ edition }) => filter.edition === undefined || edition === filter.edition),
  );
  return (
    <div className="conf-filters" role="search" aria-label="Cases">
      <input
        name="find-cases"
        ref={field}
        type="search"
        className="field-control"
        aria-label="Find cases"
        placeholder="Find, or rfc7846/4.1.1/* ( / )"
        spellCheck={false}
        autoComplete="off"
        value={filter.text}
        onChange={({ target }) => conformance.filter({ text: target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (filter.text === '') event.currentTarget.blur();
          conformance.filter({ text: '' });
        }}
      />
      <select
        name="cases-edition"
        className="field-control"
        aria-label="Edition of the cases"
        value={filter.edition ?? ''}
        onChange={({ target }) =>
          conformance.filter({ edition: editions.find((one) => one === target.value), section: undefined })
        }
      >
        <option value="">all editions</option>
        {editions.map((one) => (
          <option key={one} value={one}>
            {editionName(one).name}
          </option>
        ))}
      </select>
      <select
        name="cases-level"
        className="field-control"
        aria-label="Level"
        value={filter.level ?? ''}
        onChange={({ target }) => conformance.filter({ level: LEVELS.find((one) => one === target.value) })}
      >
        <option value="">MUST and SHOULD</option>
        <option value="MUST">MUST</option>
        <option value="SHOULD">SHOULD</option>
        <option value="ours">SHOULD, ours only</option>
      </select>
      <select
        name="cases-section"
        className="field-control conf-sections"
        aria-label="Section"
        value={filter.section ?? ''}
        onChange={({ target }) =>
          conformance.filter({ section: target.value === '' ? undefined : target.value })
        }
      >
        <option value="">all sections</option>
        {sections.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <div className="conf-standings" role="group" aria-label="How they stand">
        {STANDINGS.filter((one) => standings[one] > 0 || filter.standing === one).map((one) => (
          <button
            key={one}
            type="button"
            className="button button-small"
            aria-pressed={filter.standing === one}
            title={STANDING_ABOUT[one]}
            onClick={() => conformance.filter({ standing: filter.standing === one ? undefined : one })}
          >
            <StandingMark standing={one} /> <b>{formatCount(standings[one])}</b>
          </button>
        ))}
      </div>
    </div>
  );
}
