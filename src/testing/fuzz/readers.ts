/** One face for what is fuzzed: the codec of an edition, or the packed form. */
import type { Asked, Decoded } from '../../protocol/codec.ts';
import { codecOf } from '../../protocol/editions/index.ts';
import { METHODS } from '../../protocol/message.ts';
import type { Method, Request, Response } from '../../protocol/message.ts';
import { unpackRequest } from '../../protocol/packed/read-request.ts';
import { unpackResponse } from '../../protocol/packed/read-response.ts';
import { packRequest, packResponse } from '../../protocol/packed/write.ts';
import { RULES } from '../../protocol/rules.ts';
import { strictly } from '../../protocol/strict.ts';
import type { Target } from './sources.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Reader {
  readonly methods: readonly Method[];
  readonly request: (body: Uint8Array) => Decoded<Request>;
  readonly response: (body: Uint8Array, answers: Method, asked?: Asked) => Decoded<Response>;
  readonly strictRequest?: (body: Uint8Array) => Decoded<Request>;
  readonly strictResponse?: (body: Uint8Array, answers: Method, asked?: Asked) => Decoded<Response>;
  readonly writeRequest: (request: Request) => Bytes;
  readonly writeResponse: (response: Response) => Bytes;
}

export function readerOf(target: Target): Reader {
  if (target === 'packed')
    return {
      methods: METHODS,
      request: unpackRequest,
      response: unpackResponse,
      writeRequest: packRequest,
      writeResponse: packResponse,
    };
  const codec = codecOf(target);
  const strict = strictly(codec);
  return {
    methods: RULES[target].methods,
    request: (body) => codec.decodeRequest(body),
    response: (body, answers, asked) => codec.decodeResponse(body, answers, asked),
    strictRequest: (body) => strict.decodeRequest(body),
    strictResponse: (body, answers, asked) => strict.decodeResponse(body, answers, asked),
    writeRequest: (request) => codec.encodeRequest(request),
    writeResponse: (response) => codec.encodeResponse(response),
  };
}
