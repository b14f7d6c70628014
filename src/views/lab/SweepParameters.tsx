/** What a sweep varies: fields on their own, groups of fields that go together, how often each. */
import { useId } from 'react';
import type { ParameterRow, SweepForm } from '../../dashboard/lab/sweep-form.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { save } from '../wire/save.ts';

const EMPTY: ParameterRow = { path: '', values: '' };

interface ParametersProps {
  readonly sweep: SweepForm;
  readonly busy: boolean;
}

export function SweepParameters({ sweep, busy }: ParametersProps) {
  const { lab } = useDashboard();
  const id = useId();
  const { rows, paired } = sweep;
  const put = (change: Partial<SweepForm>): void => lab.writeSweep({ ...sweep, ...change });
  return (
    <fieldset className="lab-parameters" disabled={busy}>
      <legend>What varies</legend>
      <Rows name="alone" rows={rows} onChange={(next) => put({ rows: next })} />
      {paired.map((group, place) => (
        // Groups are edited in place and have no names of their own.
        // oxlint-disable-next-line react/no-array-index-key
        <fieldset key={place} className="lab-group">
          <legend>Together: first with first, second with second</legend>
          <Rows
            name={`group-${place}`}
            rows={group}
            onChange={(next) =>
              put({
                paired: paired
                  .map((one, at) => (at === place ? next : one))
                  .filter(({ length }) => length > 0),
              })
            }
          />
          <button
            type="button"
            className="button button-small"
            onClick={() => put({ paired: paired.map((one, at) => (at === place ? [...one, EMPTY] : one)) })}
          >
            One more in this group
          </button>
        </fieldset>
      ))}
      <div className="lab-files">
        <button type="button" className="button button-small" onClick={() => put({ rows: [...rows, EMPTY] })}>
          One field more
        </button>
        <button
          type="button"
          className="button button-small"
          onClick={() => put({ paired: [...paired, [EMPTY, EMPTY]] })}
        >
          Fields that go together
        </button>
        <label htmlFor={id}>Replications</label>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          className="field-control lab-short"
          value={sweep.replications}
          onChange={({ target }) => put({ replications: target.value })}
        />
        <button
          type="button"
          className="button button-small"
          title="The file that swarmscope sweep takes"
          onClick={() => {
            const file = lab.sweepFile();
            if (file !== undefined) save(file.blob, file.name);
          }}
        >
          <Icon name="download" />
          Save sweep.json
        </button>
      </div>
    </fieldset>
  );
}

interface RowsProps {
  readonly name: string;
  readonly rows: readonly ParameterRow[];
  readonly onChange: (rows: readonly ParameterRow[]) => void;
}

function Rows({ name, rows, onChange }: RowsProps) {
  const put = (place: number, row: Partial<ParameterRow>): void =>
    onChange(rows.map((one, at) => (at === place ? { ...one, ...row } : one)));
  return rows.map(({ path, values }, place) => (
    // Rows are edited in place and have no names of their own.
    // oxlint-disable-next-line react/no-array-index-key
    <div key={place} className="lab-parameter">
      <label>
        Field of the scenario
        <input
          type="text"
          name={`${name}-path-${place}`}
          className="field-control mono"
          placeholder="swarms[film].arrivals.rate"
          spellCheck={false}
          value={path}
          onChange={({ target }) => put(place, { path: target.value })}
        />
      </label>
      <label>
        Its values, with commas between
        <input
          type="text"
          name={`${name}-values-${place}`}
          className="field-control mono"
          placeholder="0.1, 0.2, 0.4"
          spellCheck={false}
          value={values}
          onChange={({ target }) => put(place, { values: target.value })}
        />
      </label>
      <button
        type="button"
        className="button button-small"
        aria-label={`Remove ${path || 'this field'}`}
        onClick={() => onChange(rows.filter((_, at) => at !== place))}
      >
        <Icon name="close" />
      </button>
    </div>
  ));
}
