/** What `explain` answers: plain data, which any worker boundary lets through. */
import type { Asked, DecodeError, Finding } from '../codec.ts';
import type { EditionId, Method, Request, Response } from '../message.ts';
import type { Side } from './field.ts';
import type { Span } from './wire-tree.ts';

/** What is known of a message besides its bytes. Everything else is found out. */
export interface ExplainContext {
  readonly kind?: Side;
  /** The edition to judge by. */
  readonly edition?: EditionId;
  /** Of a response: the method it answers, and what else of the request it takes to read it. */
  readonly answers?: Method;
  readonly asked?: Asked;
  /** Of a response: its status goes with its body (digest, "Errors"). */
  readonly http?: {
    readonly status: number;
    /** Empty over HTTP/2, which has none. */
    readonly reason: string;
    readonly contentType: string | undefined;
  };
}

/**
 * `departs`: the tolerant reader found fault and read on. `wrong`: it gave up here. `unread`: it had given up
 * before it could say. `unknown`: an extension, to be ignored (RFC 7846 §4.4).
 */
export type FieldVerdict = 'ok' | 'departs' | 'wrong' | 'unread' | 'unknown';

export interface ExplainedNode {
  /** As findings name it; empty for the document. Unique but for members written twice. */
  readonly path: string;
  readonly name: string;
  /** `member`: a JSON value that holds no others. `header`: of HTTP, outside of the body. */
  readonly kind: 'document' | 'object' | 'array' | 'member' | 'element' | 'attribute' | 'text' | 'header';
  /** As it stands, escapes and quotes of JSON included, at most 1,024 characters; absent where there is none. */
  readonly value?: string;
  /** `value` is not all of it. */
  readonly cut?: true;
  /** Of the whole field in the body; empty where something is missing, at the place where it is due. */
  readonly bytes: Span;
  /** Of the value alone. */
  readonly valueBytes?: Span;
  readonly verdict: FieldVerdict;
  /** What the text asks for, where that is not what stands here. */
  readonly expected?: string;
  /** Why the reader gave up here. Never quotes input. */
  readonly problem?: string;
  readonly section: string;
  readonly meaning: string;
  readonly children: readonly ExplainedNode[];
}

export interface Explanation {
  /** `undefined`: it is in none. */
  readonly edition: EditionId | undefined;
  readonly kind: Side | undefined;
  readonly method?: Method;
  /** One sentence: what it is and what is to be said of it. */
  readonly summary: string;
  readonly outcome: 'conforms' | 'departs' | 'refused';
  readonly root: ExplainedNode;
  readonly findings: readonly Finding[];
  readonly error?: DecodeError;
  /** Without its `authToken`, which is never shown. */
  readonly message?: Request | Response;
  /** The message has more fields than are shown here. */
  readonly truncated: boolean;
}
