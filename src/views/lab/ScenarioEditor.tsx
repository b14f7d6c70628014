/** The scenario as a form made from its schema, beside its text: what is changed in one is changed in both. */
import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { LabState } from '../../dashboard/lab/desk.ts';
import { useDashboard } from '../context.tsx';
import { Icon } from '../icons.tsx';
import { ProblemList } from '../ProblemList.tsx';
import { save } from '../wire/save.ts';
import { SchemaForm } from './SchemaForm.tsx';
import type { SchemaNode } from './schema.ts';

const SCHEMA = 'scenario.schema.json';

export function ScenarioEditor({ state }: { readonly state: LabState }) {
  const { lab } = useDashboard();
  const id = useId();
  const schema = useSchema();
  const { text, read } = state;
  const value = parsed(text);
  const problems = read?.ok === false ? read.problems : [];
  const byPath = new Map(problems.map(({ path, problem, remedy }) => [path, `${problem} ${remedy}`]));
  return (
    <div className="lab-editor">
      <Files text={text} />
      <section className="lab-form" aria-label="Form">
        {schema === undefined ? (
          <p className="soft">The form&rsquo;s schema cannot be had; the text can still be edited.</p>
        ) : value === undefined ? (
          <p className="soft">
            {text === '' ? 'Loading…' : 'The text is no JSON yet: the form waits for it.'}
          </p>
        ) : (
          <SchemaForm
            schema={schema}
            value={value}
            problems={byPath}
            onChange={(changed) => lab.write(`${JSON.stringify(changed, undefined, 2)}\n`)}
          />
        )}
      </section>
      <section className="lab-text" aria-label="Text">
        <label htmlFor={id}>Scenario as JSON</label>
        <textarea
          id={id}
          className="field-control mono"
          spellCheck={false}
          aria-invalid={read?.ok === false}
          aria-describedby={`${id}-problems`}
          value={text}
          onChange={({ target }) => lab.write(target.value)}
        />
        <div
          id={`${id}-problems`}
          role="status"
          className={problems.length > 0 ? 'note note-bad' : undefined}
        >
          {read?.ok === false && <ProblemList problems={problems} more={read.more} />}
        </div>
      </section>
    </div>
  );
}

function Files({ text }: { readonly text: string }) {
  const { lab, scenarios } = useDashboard();
  const presets = useStore(scenarios.store);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [fault, setFault] = useState<string>();
  const load = (preset: string): void => {
    scenarios.textOf(preset).then(
      (loaded) => lab.write(loaded),
      (cause: unknown) => setFault(cause instanceof Error ? cause.message : 'It cannot be had.'),
    );
  };
  return (
    <div className="lab-files">
      <label htmlFor={id}>Begin from</label>
      <select
        id={id}
        className="field-control"
        value=""
        onChange={({ target }) => {
          if (target.value !== '') load(target.value);
        }}
      >
        <option value="">a preset…</option>
        {presets.map((one) => (
          <option key={one.id} value={one.id} title={one.about}>
            {one.name}
          </option>
        ))}
      </select>
      <button type="button" className="button button-small" onClick={() => input.current?.click()}>
        <Icon name="upload" />
        Open a file
      </button>
      <input
        ref={input}
        type="file"
        name="lab-file"
        hidden
        accept=".json"
        aria-label="Scenario or sweep file"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) void lab.open(file, (name) => scenarios.textOf(name));
          target.value = '';
        }}
      />
      <button
        type="button"
        className="button button-small"
        onClick={() => save(new Blob([text], { type: 'application/json' }), 'scenario.json')}
      >
        <Icon name="download" />
        Save scenario.json
      </button>
      {fault !== undefined && (
        <p className="note note-bad" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function useSchema(): SchemaNode | undefined {
  const [schema, setSchema] = useState<SchemaNode>();
  useEffect(() => {
    const leaving = new AbortController();
    const get = async (): Promise<void> => {
      try {
        const response = await fetch(new URL(SCHEMA, location.href), { signal: leaving.signal });
        if (response.ok) setSchema((await response.json()) as SchemaNode);
      } catch {
        // Without it there is the text.
      }
    };
    void get();
    return () => leaving.abort();
  }, []);
  return schema;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
