/** The protocol's pretty-printer, for views: they see the protocol's types only. */
export { pretty } from '../workers/client.ts';
