/** How a cell's verdict is shown. */
export { CELL_WORDS as VERDICT_WORDS } from '../../workers/client.ts';
