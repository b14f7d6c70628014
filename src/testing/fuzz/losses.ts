/** What of a message cannot last: an edition that has no place for something writes the message without it. */
import type { Finding } from '../../protocol/codec.ts';
import type { Request, Response } from '../../protocol/message.ts';
import type { Target } from './sources.ts';

/** Departures that are the message's own, and stay with it. */
export const isLasting = (_finding: Finding): boolean => false;

export const kept = <M extends Request | Response>(message: M, _target: Target): M => message;
