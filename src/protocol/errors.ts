/**
 * The errors a tracker answers with, in one table for all editions
 * (RFC 7846 §4.3; HTTP statuses as the digest's table "Errors" settles them).
 */
export const ERRORS = {
  'bad-request': { code: 1, status: 400, phrase: 'Bad Request' },
  'unsupported-version': { code: 2, status: 400, phrase: 'Unsupported Version Number' },
  forbidden: { code: 3, status: 403, phrase: 'Forbidden Action' },
  internal: { code: 4, status: 500, phrase: 'Internal Server Error' },
  overloaded: { code: 5, status: 503, phrase: 'Service Unavailable' },
  'authentication-required': { code: 6, status: 401, phrase: 'Authentication Required' },
  // gu -06 table 3 OBJECT NOT FOUND; RFC 7846 has no code of its own for it (digest, "Errors").
  'not-found': { code: 3, status: 404, phrase: 'Not Found' },
} as const satisfies Record<string, { code: number; status: number; phrase: string }>;

export type ErrorName = keyof typeof ERRORS;

/** The error a wire code stands for (the first of that code), or `undefined` for 0 (no error) and unassigned codes. */
export function errorOfCode(code: number): ErrorName | undefined {
  for (const name of Object.keys(ERRORS) as ErrorName[]) if (ERRORS[name].code === code) return name;
  return undefined;
}
