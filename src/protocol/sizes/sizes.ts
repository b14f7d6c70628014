/**
 * Bytes on the wire, and the IETF 87 slides' claim on them: with 30 peers "in binary format, the message
 * size becomes smaller than 1 KiB, fitting in a single TCP packet" (base-01 §3.1; digest, "The claim on
 * size"). Bodies only: base-01 means a transport in binary too, so HTTP's headers are not counted.
 */
import type { Codec, Decoded } from '../codec.ts';
import { codecOf } from '../editions/index.ts';
import { exiBytes } from '../exi/grammar.ts';
import { exiResponseBits } from '../exi/response.ts';
import type { ExiDatatypes } from '../exi/response.ts';
import { MAX_PEER_LIST } from '../message.ts';
import type { EditionId, Response } from '../message.ts';
import { packRequest, packResponse } from '../packed/write.ts';
import { listingResponse, sampleRequests, sampleResponses } from './messages.ts';
import { ADDRESS_TYPES, DETAILS, ID_TYPES, samplePeers } from './samples.ts';
import type { AddressType, Detail, IdType } from './samples.ts';

/** The length of bytes once compressed; the cores have no gzip of their own. */
export type Gzip = (bytes: Uint8Array) => number | Promise<number>;

/** Bytes of one body: as the edition writes it, the same through gzip, and packed. */
export interface MessageSize {
  readonly edition: EditionId;
  readonly direction: 'request' | 'response';
  readonly message: string;
  readonly bytes: number;
  /** 0 for an empty body. */
  readonly gzip: number;
  readonly packed: number;
}

/** Every kind of message an edition has. */
export async function messageSizes(edition: EditionId, gzip: Gzip): Promise<MessageSize[]> {
  const codec = codecOf(edition);
  const written = [
    ...sampleRequests(edition).map(({ name, request }) => {
      const body = codec.encodeRequest(request);
      const packed = packRequest(carried(codec.decodeRequest(body))).length;
      return { direction: 'request' as const, message: name, body, packed };
    }),
    ...sampleResponses(edition).map(({ name, response }) => {
      const body = codec.encodeResponse(response);
      const packed = packResponse(carriedResponse(codec, response, body)).length;
      return { direction: 'response' as const, message: name, body, packed };
    }),
  ];
  return Promise.all(
    written.map(async ({ direction, message, body, packed }) => ({
      edition,
      direction,
      message,
      bytes: body.length,
      gzip: body.length === 0 ? 0 : await gzip(body),
      packed,
    })),
  );
}

/**
 * What the edition's own form carries of a message, so that the binary forms have to carry just as much:
 * JSON has one address for each listed peer, gu-04 has IP and port alone.
 */
function carried<M>(decoded: Decoded<M>): M {
  if (decoded.ok) return decoded.message;
  throw new TypeError(`a sample cannot be read back: ${decoded.error.path} ${decoded.error.problem}`);
}

function carriedResponse(codec: Codec, response: Response, body: Uint8Array): Response {
  // Where the body is empty the status line carries it all.
  return body.length === 0 ? response : carried(codec.decodeResponse(body, response.method));
}

/** The slides' bound, in bytes; the claim is "smaller than". */
export const CLAIMED_BYTES = 1024;
/** What one TCP segment carries over Ethernet: 1,500 bytes less two headers of 20 (RFC 879). */
export const SEGMENT_BYTES = 1460;

/** The forms of a message, in the order they are shown. */
export const FORMS = ['text', 'gzip', 'packed', 'EXI', 'EXI of strings'] as const;
export type Form = (typeof FORMS)[number];

/** A response that lists 30 peers, in every form: bytes; a form the edition has not is left out. */
export interface ClaimRow {
  readonly edition: EditionId;
  readonly ids: IdType;
  readonly addresses: AddressType;
  readonly details: Detail;
  readonly bytes: Readonly<Partial<Record<Form, number>>>;
}

export const claimed = (row: ClaimRow, form: Form): boolean => (row.bytes[form] ?? Infinity) < CLAIMED_BYTES;

export const fitsSegment = (row: ClaimRow, form: Form): boolean =>
  (row.bytes[form] ?? Infinity) <= SEGMENT_BYTES;

/** The shortest datatype EXI has for peer IDs of a type. */
const EXI_ID: Readonly<Record<IdType, ExiDatatypes['id']>> = {
  '12 digits': 'digits',
  '16-byte hex': 'hexBinary',
  '20-byte hex': 'hexBinary',
  UUID: 'uuidBinary',
  '64-byte text': 'string',
};

/** EXI stands for XML, and our schema for base-01's tables. */
const EXI_EDITIONS: ReadonlySet<EditionId> = new Set(['base-1.0', 'extended-1.1']);

function exiSizes(response: Response, ids: IdType): Partial<Record<Form, number>> {
  if (response.outcome === 'failure' || !EXI_EDITIONS.has(response.edition)) return {};
  return {
    EXI: exiBytes(exiResponseBits(response, { id: EXI_ID[ids], address: 'binary' })),
    'EXI of strings': exiBytes(exiResponseBits(response, { id: 'string', address: 'string' })),
  };
}

/** Every type of ID with every type of address, told of with the least and with all details. */
export async function claimRows(edition: EditionId, gzip: Gzip): Promise<ClaimRow[]> {
  const codec = codecOf(edition);
  const kinds = DETAILS.flatMap((details) =>
    ID_TYPES.flatMap((ids) => ADDRESS_TYPES.map((addresses) => ({ details, ids, addresses }))),
  );
  return Promise.all(
    kinds.map(async ({ details, ids, addresses }) => {
      const peers = samplePeers(MAX_PEER_LIST, ids, addresses, details);
      const listing = listingResponse(edition, peers);
      const body = codec.encodeResponse(listing);
      const response = carriedResponse(codec, listing, body);
      const packed = packResponse(response).length;
      const bytes = { text: body.length, gzip: await gzip(body), packed, ...exiSizes(response, ids) };
      return { edition, ids, addresses, details, bytes };
    }),
  );
}
