/** What the Lab needs of the cores by itself; fetched when it is first opened. */
export { catalogued } from '../analysis/catalogue.ts';
export { sweepTable, sweepTableCsv } from '../analysis/sweep-table.ts';
export { planSweep } from '../simulation/sweep/plan.ts';
export { readSweep } from '../simulation/sweep/read.ts';
export { readScenario } from '../simulation/scenario/read.ts';
export { resultFiles } from './virtual/results.ts';
