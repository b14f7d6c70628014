/** Scenarios and sweeps as a person names them: files, presets; what is wrong with them in words. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { nearest } from '../simulation/scenario/nearest.ts';
import type { Problem } from '../simulation/scenario/read.ts';
import { checkScenario, readScenario, type ReadScenario } from '../simulation/scenario/read.ts';
import type { Scenario } from '../simulation/scenario/schema.ts';
import { SelectionError } from './conformance.ts';
import { StartError } from './start-error.ts';

const INDEX = 'index.json';

/**
 * The scenario of a file, or else of a preset in the folder `presets`, by name; files that it names are beside it.
 * `beside`: where a relative name is looked up.
 * @throws {SelectionError} When it is not valid, or is neither. @throws {StartError} When it cannot be read.
 */
export function loadScenario(named: string, presets: string, beside = '.'): Scenario {
  const file = resolve(beside, named);
  const text = readIfThere(file);
  if (text !== undefined) return valid(readScenario(text, opener(dirname(file))), named);
  const names = presetsOf(presets);
  const preset = names.get(plain(named));
  if (preset !== undefined) return valid(readScenario(read(join(presets, preset)), opener(presets)), named);
  const known = [...new Set(names.values())].map((name) => name.replace(/\.json$/, ''));
  const meant = nearest(named, known);
  throw new SelectionError(
    `${named} is no file and no preset. ${meant === undefined ? `Presets: ${known.join(', ')}.` : `Did you mean ${meant}?`}`,
  );
}

/** A scenario that stands in a sweep's file; `what`: how to call it. @throws {SelectionError} */
export const scenarioOfValue = (value: unknown, folder: string, what: string): Scenario =>
  valid(checkScenario(value, opener(folder)), what);

/** @throws {SelectionError} */
export function valid(read: ReadScenario, what: string): Scenario {
  if (read.ok) return read.scenario;
  throw new SelectionError(`${what} is no scenario:\n${problemLines(read.problems, read.more)}`);
}

/** A line for each problem: where, what, what to do. */
export function problemLines(problems: readonly Problem[], more = 0): string {
  const lines = problems.map(({ path, line, column, problem, remedy }) => {
    const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
    return `  ${path}${place}: ${problem} ${remedy}`;
  });
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}

/** @throws {StartError} */
export function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const unreadable = (file: string, cause: unknown): StartError =>
  new StartError(`Cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });

const codeOf = (cause: unknown): unknown => (cause as { readonly code?: unknown } | undefined)?.code;

/** Undefined: there is no such file. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(codeOf(cause)))) return undefined;
    throw unreadable(file, cause);
  }
}

const opener =
  (folder: string) =>
  (name: string): string | undefined =>
    readIfThere(resolve(folder, name));

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.json$/, '')
    .replaceAll(/[-_\s]/g, '');

/** By name, and by file: both are typed. */
function presetsOf(folder: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const index = readIfThere(join(folder, INDEX));
  if (index === undefined) return names;
  for (const file of readdirSync(folder)) if (file !== INDEX) names.set(plain(file), file);
  for (const { name, file } of JSON.parse(index) as readonly { name: string; file: string }[])
    names.set(plain(name), file);
  return names;
}
