/** What goes with a response outside of its body. */
import { fieldsOf } from './field.ts';
import type { Field } from './field.ts';

export const CONTENT_TYPE = 'Content-Type';
export const STATUS = 'HTTP status';

export const HTTP_FIELDS: readonly Field[] = fieldsOf('response', '', [
  [
    STATUS,
    'mandatory',
    'number and Reason-Phrase',
    'ours',
    'What came of the request, in terms of HTTP. It goes with the body in every edition, and the drafts say most errors here alone.',
  ],
  [
    CONTENT_TYPE,
    'mandatory',
    'media type',
    'RFC 7846 §4',
    'What the body is: application/ppsp-tracker+json for RFC 7846, application/xml for the drafts, which name none.',
  ],
]);
