/** Tables for files, as RFC 4180 has them. */
export { csvTable } from '../workers/client.ts';
