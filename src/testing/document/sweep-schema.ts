/** `public/sweep.schema.json`: the sweep file's schema for editors and for other people's tools, made from the one that reads it. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { SweepSchema } from '../../simulation/sweep/schema.ts';

export function sweepSchema(): string {
  const { $schema, properties, ...schema } = toJsonSchema(SweepSchema, {
    target: 'draft-2020-12',
    // What a file may have: what has a default may be left out.
    typeMode: 'input',
  });
  const { scenario, ...others } = properties as unknown as Record<
    string,
    { readonly anyOf: readonly unknown[] }
  >;
  const whole = {
    $schema,
    title: 'Sweep',
    description: 'A sweep of swarmscope: a scenario, parameters that vary in it, and how often each is run.',
    ...schema,
    // In full it is a scenario like any other.
    properties: {
      ...others,
      scenario: { ...scenario, anyOf: [scenario?.anyOf[0], { $ref: 'scenario.schema.json' }] },
    },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
