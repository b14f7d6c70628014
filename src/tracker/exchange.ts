/** One HTTP exchange the tracker had, as `/events` streams it. */
import type { ErrorName } from '../protocol/errors.ts';
import type { HttpRequest, HttpResponse } from '../protocol/http.ts';
import type { EditionId, Method } from '../protocol/message.ts';
import type { TrackerEvent } from './api.ts';

export interface TrackerExchange {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** What could be read of the request. */
  readonly edition: EditionId | undefined;
  readonly method: Method | undefined;
  readonly peerId: string | undefined;
  readonly transactionId: string | undefined;
  readonly error: ErrorName | undefined;
  /** The answer to an earlier identical request, given again. */
  readonly repeated: boolean;
  readonly events: readonly TrackerEvent[];
}
