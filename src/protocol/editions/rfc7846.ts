/** RFC 7846, PPSTP version 1: JSON. Strict in what it writes, tolerant in what it reads. */
import type { Codec } from '../codec.ts';
import { decodeRequest } from './rfc7846/read-request.ts';
import { decodeResponse } from './rfc7846/read-response.ts';
import { encodeRequest, encodeResponse } from './rfc7846/write.ts';

export const rfc7846: Codec = {
  edition: 'rfc7846',
  mediaType: 'application/ppsp-tracker+json', // §4
  version: '1',
  encodeRequest,
  encodeResponse,
  decodeRequest,
  decodeResponse,
};
