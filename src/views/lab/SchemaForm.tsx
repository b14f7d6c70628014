/** A form for whatever a schema describes: every field with its meaning, its default, and what is wrong with it. */
import { useId, useState } from 'react';
import { Icon } from '../icons.tsx';
import {
  inWords,
  isObject,
  pathName,
  resolved,
  skeletonOf,
  variantsOf,
  withAt,
  type JsonPath,
  type SchemaNode,
  type Variants,
} from './schema.ts';

interface FormProps {
  readonly schema: SchemaNode;
  readonly value: unknown;
  /** By path as problems name it. */
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (value: unknown) => void;
}

/** What every part of the form is given. */
interface PartProps {
  readonly form: FormProps;
  readonly path: JsonPath;
  readonly node: SchemaNode;
  readonly value: unknown;
}

export function SchemaForm(form: FormProps) {
  return (
    <div className="schema-form">
      <Properties form={form} path={[]} node={form.schema} value={form.value} />
    </div>
  );
}

const change = ({ form, path }: PartProps, leaf: unknown): void =>
  form.onChange(withAt(form.value, path, leaf));

function Properties({ form, path, node, value }: PartProps) {
  const members = isObject(value) ? value : {};
  return (
    <div className="schema-fields">
      {Object.entries(node.properties ?? {})
        .filter(([name, { const: fixed }]) => name !== '$schema' && fixed === undefined)
        .map(([name, given]) => (
          <Property
            key={name}
            name={name}
            required={node.required?.includes(name) === true}
            form={form}
            path={[...path, name]}
            node={resolved(given, form.schema)}
            value={members[name]}
          />
        ))}
    </div>
  );
}

interface PropertyProps extends PartProps {
  readonly name: string;
  readonly required: boolean;
}

function Property(props: PropertyProps) {
  const { node, form } = props;
  const variants = variantsOf(node, form.schema);
  if (variants !== undefined) return <Group {...props} inner={<OneOf {...props} variants={variants} />} />;
  if (node.type === 'object') return <Group {...props} inner={<Properties {...props} />} />;
  if (node.type === 'array' && isObject(resolved(node.items ?? {}, form.schema).properties))
    return <Group {...props} inner={<Items {...props} />} />;
  return <Plain {...props} />;
}

/** Something with an inside, folded as long as it is not there. */
function Group(props: PropertyProps & { readonly inner: React.ReactNode }) {
  const { name, node, value, required, form, inner } = props;
  const there = value !== undefined;
  return (
    <details className="schema-group" open={there && (required || node.type === 'array')}>
      <summary>
        {inWords(name)}
        {!there && <span className="soft"> as usual</span>}
      </summary>
      <p className="soft small">{node.description}</p>
      {there ? (
        <>
          {inner}
          {!required && (
            <button type="button" className="button button-small" onClick={() => change(props, undefined)}>
              As usual again
            </button>
          )}
        </>
      ) : (
        <button
          type="button"
          className="button button-small"
          onClick={() => change(props, skeletonOf({ ...node, default: undefined }, form.schema))}
        >
          Set {inWords(name)}
        </button>
      )}
    </details>
  );
}

function OneOf(props: PropertyProps & { readonly variants: Variants }) {
  const { value, form, path, variants } = props;
  const id = useId();
  const { by, all } = variants;
  const now = isObject(value) ? String(value[by]) : '';
  const variant = all.find(({ name }) => name === now);
  return (
    <>
      <div className="schema-field">
        <label htmlFor={id}>{inWords(by)}</label>
        <select
          id={id}
          className="field-control"
          value={now}
          onChange={({ target }) => {
            const chosen = all.find(({ name }) => name === target.value);
            if (chosen !== undefined) change(props, skeletonOf(chosen.node, form.schema));
          }}
        >
          {variant === undefined && <option value={now}>{now}</option>}
          {all.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <p className="soft small">{variant?.node.properties?.[by]?.description}</p>
      </div>
      {variant !== undefined && <Properties form={form} path={path} node={variant.node} value={value} />}
    </>
  );
}

function Items(props: PropertyProps) {
  const { name, node, value, form, path } = props;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const each = resolved(node.items ?? {}, form.schema);
  return (
    <>
      {items.map((item, index) => {
        const title = isObject(item) ? (item['id'] ?? item['name'] ?? item['kind']) : undefined;
        const words = typeof title === 'string' ? title : `${index + 1}`;
        return (
          // Entries have no names that stay: they are edited here.
          // oxlint-disable-next-line react/no-array-index-key
          <details key={index} className="schema-group" open={items.length === 1}>
            <summary>
              {words}{' '}
              <span className="soft">
                ({inWords(name)} {index})
              </span>
            </summary>
            <Properties form={form} path={[...path, index]} node={each} value={item} />
            <button
              type="button"
              className="button button-small"
              aria-label={`Remove ${words}`}
              onClick={() => form.onChange(withAt(form.value, [...path, index], undefined))}
            >
              <Icon name="close" />
              Remove
            </button>
          </details>
        );
      })}
      <button
        type="button"
        className="button button-small"
        onClick={() =>
          form.onChange(withAt(form.value, [...path, items.length], skeletonOf(each, form.schema)))
        }
      >
        Add one more
      </button>
    </>
  );
}

/** One value in one field; of a list without entries of their own its JSON. */
function Plain(props: PropertyProps) {
  const { name, node, value, required, form, path } = props;
  const id = useId();
  const problem = form.problems.get(pathName(path));
  const control = {
    id,
    className: 'field-control',
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? `${id}-about` : `${id}-problem ${id}-about`,
  };
  const usual = node.default === undefined ? '' : written(node.default);
  return (
    <div className="schema-field">
      <label htmlFor={id}>
        {inWords(name)} {required && <span className="soft">required</span>}
      </label>
      {node.enum === undefined ? (
        <TextValue
          control={control}
          placeholder={usual}
          value={value}
          onChange={(text) => change(props, read(text, node.type))}
        />
      ) : (
        <select
          {...control}
          value={value === undefined ? '' : written(value)}
          onChange={({ target }) => change(props, target.value === '' ? undefined : target.value)}
        >
          {!required && <option value="">{usual === '' ? 'as usual' : `as usual: ${usual}`}</option>}
          {node.enum.map((one) => (
            <option key={written(one)}>{written(one)}</option>
          ))}
        </select>
      )}
      {problem !== undefined && (
        <p id={`${id}-problem`} className="setting-problem small">
          {problem}
        </p>
      )}
      <p id={`${id}-about`} className="soft small">
        {node.description}
      </p>
    </div>
  );
}

interface TextValueProps {
  readonly control: object;
  readonly placeholder: string;
  readonly value: unknown;
  readonly onChange: (text: string) => void;
}

/** What is typed stays as typed until the field is left: `1.` is on the way to a number. */
function TextValue({ control, placeholder, value, onChange }: TextValueProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      {...control}
      type="text"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      value={typed ?? (value === undefined ? '' : written(value))}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(target.value);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What cannot be read as that type stays text, so that it is said what is wrong with it. */
function read(text: string, type: string | undefined): unknown {
  if (text === '') return undefined;
  if (type === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
