/** HTTP as plain data: what the tracker core and every transport exchange, free of any HTTP library. */

export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** As sent; `undefined` when the header is missing. */
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
  /** Where the request was seen to come from. */
  readonly remote: { readonly address: string; readonly port: number };
}

export interface HttpResponse {
  readonly status: number;
  /** Reason-Phrase: printable ASCII, no input echoed. */
  readonly reason: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}
