/** Scenarios to choose from: the one that the page opens with, the presets, and files of one's own. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_SCENARIO, readScenario } from '../workers/client.ts';
import type { Problem, ReadScenario, Scenario } from '../workers/messages.ts';

export type { Problem } from '../workers/messages.ts';

export interface Preset {
  /** In addresses. */
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export interface ChosenScenario {
  readonly scenario: Scenario;
  /** In addresses; undefined: somebody's own. */
  readonly preset: string | undefined;
}

export type Choice =
  | ({ readonly ok: true } & ChosenScenario)
  /** `more`: how many problems there are beside those listed. */
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly more: number };

export interface ScenarioDesk {
  /** Presets, the page's own first; more come when the list has been fetched. */
  readonly store: StoreApi<readonly Preset[]>;
  load(id: string): Promise<Choice>;
  /** The text as it stands in the preset's file. */
  textOf(id: string): Promise<string>;
  read(text: string): Promise<Choice>;
}

const OWN: Preset = {
  id: 'three-tempers',
  name: DEFAULT_SCENARIO.name,
  about: 'What the page opens with: a steady film, a premiere with a rush, a live channel with churn.',
};
export const DEFAULT_CHOICE: ChosenScenario = { scenario: DEFAULT_SCENARIO, preset: OWN.id };

/** The page's own is none of the files. */
const ownText = (): string => `${JSON.stringify(DEFAULT_SCENARIO, undefined, 2)}\n`;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_\s]/g, '');

export function createScenarios(pageUrl: string): ScenarioDesk {
  const store = createStore<readonly Preset[]>(() => [OWN]);
  const listed = fetchList(pageUrl).then((presets) => store.setState([OWN, ...presets], true));

  async function textOf(id: string): Promise<string> {
    await listed;
    const presets = store.getState();
    const preset = presets.find((one) => plain(one.id) === plain(id) || plain(one.name) === plain(id));
    if (preset === undefined) throw new Error(`one of ${presets.map((one) => one.id).join(', ')}.`);
    return preset === OWN ? ownText() : textAt(`scenarios/${preset.id}.json`, pageUrl);
  }

  const read = async (text: string, preset?: string): Promise<Choice> =>
    chosen(await readScenario(text), preset);

  return {
    store,
    textOf,
    read: (text) => read(text),
    async load(id) {
      if (plain(id) === plain(OWN.id)) return { ok: true, ...DEFAULT_CHOICE };
      const text = await textOf(id);
      const { id: preset = id } = store.getState().find((one) => plain(one.name) === plain(id)) ?? {};
      return read(text, preset);
    },
  };
}

const chosen = (read: ReadScenario, preset: string | undefined): Choice =>
  read.ok ? { ok: true, scenario: read.scenario, preset } : read;

async function textAt(path: string, pageUrl: string): Promise<string> {
  const response = await fetch(new URL(path, pageUrl));
  if (!response.ok) throw new Error(`${path} cannot be had from this page's server (${response.status}).`);
  return response.text();
}

/** None where the page came without them. */
async function fetchList(pageUrl: string): Promise<readonly Preset[]> {
  try {
    const list = JSON.parse(await textAt('scenarios/index.json', pageUrl)) as readonly {
      readonly name: string;
      readonly file: string;
      readonly about: string;
    }[];
    return list.map(({ name, file, about }) => ({ id: file.replace(/\.json$/, ''), name, about }));
  } catch {
    return [];
  }
}

/** The choice that the page's address names, and why not if it cannot be had. */
export async function choiceIn(
  address: string,
  scenarios: ScenarioDesk,
): Promise<{ readonly choice: ChosenScenario; readonly ignored: readonly string[] }> {
  const id = new URL(address).searchParams.get('scenario');
  if (id === null) return { choice: DEFAULT_CHOICE, ignored: [] };
  try {
    const choice = await scenarios.load(id);
    if (choice.ok) return { choice, ignored: [] };
    const [first] = choice.problems;
    return { choice: DEFAULT_CHOICE, ignored: [`scenario: ${first?.path} ${first?.problem}`] };
  } catch (cause) {
    return {
      choice: DEFAULT_CHOICE,
      ignored: [`scenario: ${cause instanceof Error ? cause.message : 'cannot be had.'}`],
    };
  }
}

/** The address with this choice in it. */
export function withChoice({ preset }: Pick<ChosenScenario, 'preset'>, address: string): string {
  const url = new URL(address);
  if (preset === undefined || preset === OWN.id) url.searchParams.delete('scenario');
  else url.searchParams.set('scenario', preset);
  return url.href;
}
