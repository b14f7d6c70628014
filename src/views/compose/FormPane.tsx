/** The message as a form: the fields that its edition has for its method. */
import { useId } from 'react';
import { blankOf, itemsOf, problemAt, recordOf, withValueAt } from '../../dashboard/compose/form-values.ts';
import type { ComposeState, FormField, FormProblem, FormValue } from '../../dashboard/compose/state.ts';
import { useDashboard } from '../context.tsx';
import { plural } from '../format.ts';
import { Icon } from '../icons.tsx';

type Path = readonly (string | number)[];

interface Editing {
  readonly problems: readonly FormProblem[];
  readonly onChange: (path: Path, value: FormValue | undefined) => void;
}

export function FormPane({ state }: { readonly state: ComposeState }) {
  const { compose } = useDashboard();
  const { form, guide, problems, why } = state;
  const fields =
    form && guide?.editions[form.edition].methods.find(({ method }) => method === form.method)?.fields;
  const onChange: Editing['onChange'] = (path, value) => {
    if (form === undefined) return;
    compose.setForm({ ...form, values: recordOf(withValueAt(form.values, path, value)) });
  };
  return (
    <section className="compose-form" aria-label="Form">
      <h3>Form</h3>
      {form === undefined && why !== undefined && (
        <div className="note">
          <p>
            <Icon name="help" /> The text is no message that a form could stand for. {why}
          </p>
          <p className="soft small">It is sent as it stands. Correct it, or begin a message anew above.</p>
        </div>
      )}
      {problems.length > 0 && (
        <p className="note note-bad" role="status">
          <Icon name="warning" /> {plural(problems.length, 'field')} to correct: until then the text stays as
          it was.
        </p>
      )}
      {form !== undefined && fields !== undefined && (
        <Fields
          key={`${form.edition} ${form.method}`}
          fields={fields}
          values={form.values}
          path={[]}
          problems={problems}
          onChange={onChange}
        />
      )}
    </section>
  );
}

interface FieldsProps extends Editing {
  readonly fields: readonly FormField[];
  readonly values: FormValue;
  readonly path: Path;
}

function Fields({ fields, values, path, ...editing }: FieldsProps) {
  const members = recordOf(values);
  return (
    <div className="compose-fields">
      {fields.map((field) => (
        <FieldOf
          key={field.key}
          field={field}
          value={field.key === '' ? values : members[field.key]}
          path={field.key === '' ? path : [...path, field.key]}
          {...editing}
        />
      ))}
    </div>
  );
}

interface FieldOfProps extends Editing {
  readonly field: FormField;
  readonly value: FormValue | undefined;
  readonly path: Path;
}

function FieldOf(props: FieldOfProps) {
  switch (props.field.kind) {
    case 'group':
      return <Group {...props} />;
    case 'list':
      return <List {...props} />;
    default:
      return <Plain {...props} />;
  }
}

const aboutOf = ({ meaning, section }: FormField): string => `${meaning} (${section})`;

function Group({ field, value, path, ...editing }: FieldOfProps) {
  const { name, fields = [] } = field;
  return (
    <fieldset className="compose-group">
      <legend title={aboutOf(field)}>
        <span className="mono">{name}</span>{' '}
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label={value === undefined ? `Add ${name}` : `Leave out ${name}`}
          onClick={() => editing.onChange(path, value === undefined ? blankOf(fields) : undefined)}
        >
          {value === undefined ? 'add' : 'leave out'}
        </button>
      </legend>
      {value !== undefined && <Fields fields={fields} values={value} path={path} {...editing} />}
    </fieldset>
  );
}

function List({ field, value, path, ...editing }: FieldOfProps) {
  const { name, fields = [] } = field;
  const items = itemsOf(value);
  const problem = problemAt(editing.problems, path);
  return (
    <fieldset className="compose-group">
      <legend title={aboutOf(field)}>
        <span className="mono">{name}</span>{' '}
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label={`Add ${name}`}
          onClick={() => editing.onChange([...path, items.length], blankOf(fields))}
        >
          add
        </button>
      </legend>
      {problem !== undefined && <Problem text={problem} />}
      {items.map((item, place) => (
        // An item is its place: it has nothing else that stays.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className="compose-item" role="group" aria-label={`${name} ${place + 1}`}>
          <Fields fields={fields} values={item} path={[...path, place]} {...editing} />
          <button
            type="button"
            className="button button-quiet button-small"
            aria-label={`Remove ${name} ${place + 1}`}
            title={`Remove ${name} ${place + 1}`}
            onClick={() => editing.onChange([...path, place], undefined)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </fieldset>
  );
}

function Plain({ field, value, path, problems, onChange }: FieldOfProps) {
  const id = useId();
  const { name, kind, required, options } = field;
  const problem = problemAt(problems, path);
  const text = typeof value === 'string' ? value : '';
  const change = (next: string): void => onChange(path, next === '' && !required ? undefined : next);
  const shared = {
    id,
    className: 'field-control',
    value: text,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? `${id}-form` : `${id}-problem ${id}-form`,
  };
  return (
    <div className="compose-field" title={aboutOf(field)}>
      <label htmlFor={id} className="mono">
        {name}
      </label>
      {options !== undefined ? (
        <select {...shared} onChange={(event) => change(event.target.value)}>
          {(!required || !options.some((option) => option.value === text)) && (
            <option value={required ? text : ''}>{required && text !== '' ? text : 'left out'}</option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.word}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={kind === 'secret' ? 'password' : 'text'}
          inputMode={kind === 'number' || kind === 'counter' || kind === 'bits' ? 'numeric' : undefined}
          placeholder={required ? undefined : 'left out'}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {problem !== undefined && <Problem id={`${id}-problem`} text={problem} />}
      <span id={`${id}-form`} className="soft small">
        {kind === 'bits' ? 'one 0 or 1 for each segment' : field.value}
      </span>
    </div>
  );
}

function Problem({ id, text }: { readonly id?: string; readonly text: string }) {
  return (
    <span id={id} className="compose-problem">
      <Icon name="warning" /> {text}
    </span>
  );
}
