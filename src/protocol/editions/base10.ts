/** draft-ietf-ppsp-base-tracker-protocol-01, PPSP-TP/1.0: XML. Strict in what it writes, tolerant in what it reads. */
import type { Codec } from '../codec.ts';
import { VERSION } from './base10/elements.ts';
import { decodeRequest } from './base10/read-request.ts';
import { decodeResponse } from './base10/read-response.ts';
import { encodeRequest, encodeResponse } from './base10/write.ts';

export const base10: Codec = {
  edition: 'base-1.0',
  mediaType: 'application/xml', // the draft names none (digest, table of editions)
  version: VERSION,
  encodeRequest,
  encodeResponse,
  decodeRequest,
  decodeResponse,
};
