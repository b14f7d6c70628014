/** `public/scenario.schema.json`: the scenario's schema for editors and for other people's tools, made from the one that reads it. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { Arrivals, Times } from '../../simulation/scenario/arrivals.ts';
import { Distribution, Values } from '../../simulation/scenario/distribution.ts';
import { ScenarioSchema } from '../../simulation/scenario/schema.ts';

type Plain = Readonly<Record<string, unknown>>;

/** The same numbers in a file of their own, which the reader puts in its place. */
const IN_A_FILE = {
  type: 'string',
  maxLength: 200,
  description: 'Name of a file beside the scenario that holds the numbers.',
};

export function scenarioSchema(): string {
  const { $schema, $defs, ...schema } = toJsonSchema(ScenarioSchema, {
    target: 'draft-2020-12',
    // What a file may have: what has a default may be left out.
    typeMode: 'input',
    definitions: { distribution: Distribution, arrivals: Arrivals, values: Values, times: Times },
  });
  const { distribution, arrivals, values, times } = $defs as unknown as Record<string, Plain>;
  const description =
    'A scenario of swarmscope: times in seconds, sizes in bytes, rates in bytes/s unless named otherwise.';
  const whole = {
    $schema,
    title: 'Scenario',
    description,
    ...(referring(schema, JSON.stringify(distribution?.['oneOf'])) as Plain),
    $defs: {
      distribution,
      arrivals,
      values: { anyOf: [values, IN_A_FILE] },
      times: { anyOf: [times, IN_A_FILE] },
    },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** A distribution with words of its own is written out in full: refer to the one that all share. */
function referring(node: unknown, distributions: string): unknown {
  if (Array.isArray(node)) return node.map((one) => referring(one, distributions));
  if (typeof node !== 'object' || node === null) return node;
  const { oneOf, ...rest } = node as Plain;
  if (JSON.stringify(oneOf) === distributions) return { $ref: '#/$defs/distribution', ...rest };
  return Object.fromEntries(
    Object.entries(node).map(([key, inner]) => [key, referring(inner, distributions)]),
  );
}
