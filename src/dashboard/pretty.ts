/** The protocol's pretty-printer, for views: they see the protocol's types only. */
export { pretty, type Piece, type PieceClass } from '../workers/client.ts';
