/** draft-ietf-ppsp-base-tracker-protocol-01, PPSP-TP/1.0: XML. */
import { baseCodec } from './base/codec.ts';

export const base10 = baseCodec('base-1.0');
