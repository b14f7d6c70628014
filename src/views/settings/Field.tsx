/** A labelled field with its hint and, beside it, what is wrong with it. */
import type { ChangeEvent, ReactNode } from 'react';
import type { Draft } from '../../dashboard/settings.ts';
import { Icon } from '../icons.tsx';

type ControlElement = HTMLInputElement | HTMLSelectElement;

/** What a control must be given to belong to its field. */
export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly value: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
  readonly onChange: (event: ChangeEvent<ControlElement>) => void;
  readonly onBlur: () => void;
}

interface FieldProps {
  readonly name: keyof Draft;
  readonly label: string;
  readonly unit?: string;
  readonly hint: string;
  readonly wide?: boolean;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
  readonly children: (control: ControlProps) => ReactNode;
}

export const fieldId = (name: keyof Draft): string => `setting-${name}`;

export function Field(props: FieldProps) {
  const { name, label, unit = '', hint, wide = false, value, problem } = props;
  const id = fieldId(name);
  const described = problem === undefined ? `${id}-hint` : `${id}-problem ${id}-hint`;
  return (
    <div className={wide ? 'setting setting-wide' : 'setting'}>
      <label htmlFor={id}>
        {label} {unit !== '' && <span className="soft">({unit})</span>}
      </label>
      {props.children({
        id,
        name,
        className: 'field-control',
        value,
        'aria-describedby': described,
        'aria-invalid': problem !== undefined,
        onChange: (event) => props.onChange(event.target.value),
        onBlur: props.onLeave,
      })}
      {problem !== undefined && (
        <p id={`${id}-problem`} className="setting-problem">
          <Icon name="warning" /> {problem}
        </p>
      )}
      <p id={`${id}-hint`} className="soft small">
        {hint}
      </p>
    </div>
  );
}
