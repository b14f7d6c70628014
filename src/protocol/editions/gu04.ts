/**
 * draft-gu-ppsp-tracker-protocol-04 with what -06 adds: XML. Strict in what it writes, tolerant in what it reads.
 *
 * Lost on writing, for this edition has no place for it: of an address its connection, AS number and peer
 * protocol; of a PeerNum all but the number; the addresses of a FIND; the links of a statistic; of results all
 * but the swarm of a JOIN or FIND; the chunk of an empty list. Lost on reading, for the model has none: the
 * token and the second reflexive address in a response, a listed peer's location, connection and cost.
 */
import type { Codec } from '../codec.ts';
import { VERSION } from './gu04/elements.ts';
import { decodeRequest } from './gu04/read-request.ts';
import { decodeResponse } from './gu04/read-response.ts';
import { encodeRequest, encodeResponse } from './gu04/write.ts';

export const gu04: Codec = {
  edition: 'gu-04',
  mediaType: 'application/xml', // the drafts name none (digest, table of editions)
  version: VERSION,
  encodeRequest,
  encodeResponse,
  decodeRequest,
  decodeResponse,
};
