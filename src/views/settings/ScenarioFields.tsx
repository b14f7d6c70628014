/** Which scenario, on which clock: presets with a sentence each, or a file of one's own. */
import { useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Choice, ChosenScenario } from '../../dashboard/scenarios.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { ProblemList } from '../ProblemList.tsx';

interface ScenarioFieldsProps {
  readonly chosen: ChosenScenario;
  readonly onChoose: (choice: ChosenScenario) => void;
}

export function ScenarioFields({ chosen, onChoose }: ScenarioFieldsProps) {
  const { scenarios } = useDashboard();
  const presets = useStore(scenarios.store);
  const [refused, setRefused] = useState<{
    readonly what: string;
    readonly choice: Choice & { ok: false };
  }>();
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = async (what: string, ask: () => Promise<Choice>): Promise<void> => {
    setRefused(undefined);
    setFault(undefined);
    try {
      const choice = await ask();
      if (choice.ok) onChoose(choice);
      else setRefused({ what, choice });
    } catch (cause) {
      setFault(cause instanceof Error ? cause.message : `${what} cannot be read.`);
    }
  };
  const own = chosen.preset === undefined;
  const about = presets.find((one) => one.id === chosen.preset)?.about ?? chosen.scenario.about ?? '';
  return (
    <div className="setting setting-wide">
      <label htmlFor={id}>Scenario</label>
      <div className="settings-scenario">
        <select
          id={id}
          className="field-control"
          aria-describedby={`${id}-hint`}
          value={chosen.preset ?? ''}
          onChange={({ target }) =>
            target.value !== '' && void take(target.value, () => scenarios.load(target.value))
          }
        >
          {own && <option value="">{chosen.scenario.name} (own file)</option>}
          {presets.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        <button type="button" className="button" onClick={() => input.current?.click()}>
          <Icon name="upload" />
          Open a file
        </button>
        <input
          ref={input}
          type="file"
          name="scenario-file"
          hidden
          accept=".json"
          aria-label="Scenario file"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) void take(file.name, async () => scenarios.read(await file.text()));
            target.value = '';
          }}
        />
      </div>
      <p id={`${id}-hint`} className="soft small">
        {about} {chosen.preset === undefined && 'A link to this page cannot carry a file: send it along.'}
      </p>
      {refused !== undefined && (
        <div className="note note-bad" role="alert">
          <p>
            <b>{refused.what} cannot be run.</b>
          </p>
          <ProblemList problems={refused.choice.problems} more={refused.choice.more} />
        </div>
      )}
      {fault !== undefined && (
        <p className="note note-bad" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
