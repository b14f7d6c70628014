/** draft-huang-ppsp-extended-tracker-protocol-04, PPSP-TP/1.1: XML, base-1.0 with FIND, DISCONNECT and content scopes. */
import { baseCodec } from './base/codec.ts';

export const extended11 = baseCodec('extended-1.1');
