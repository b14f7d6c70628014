/** The codec of each of the two editions that share their XML. Strict in what it writes, tolerant in what it reads. */
import type { Codec } from '../../codec.ts';
import { RULES } from '../../rules.ts';
import type { BaseEdition } from './elements.ts';
import { decodeRequest } from './read-request.ts';
import { decodeResponse } from './read-response.ts';
import { encodeRequest, encodeResponse } from './write.ts';

export const baseCodec = (edition: BaseEdition): Codec => ({
  edition,
  mediaType: 'application/xml', // the drafts name none (digest, table of editions)
  version: RULES[edition].version,
  encodeRequest: (request) => encodeRequest(request, edition),
  encodeResponse,
  decodeRequest: (body) => decodeRequest(body, edition),
  decodeResponse: (body, answers, asked) => decodeResponse(body, edition, answers, asked),
});
