/** Scenario files read in the page; what reads them is fetched when it is first asked. */
import type { ReadScenario } from '../simulation/scenario/read.ts';

export const readScenario = async (text: string): Promise<ReadScenario> =>
  (await import('../simulation/scenario/read.ts')).readScenario(text);
