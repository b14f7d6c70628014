/** The form's rules for who asks the tracker. What is typed goes into memory and nowhere else. */
import type { Authentication, Credentials } from './state.ts';

export interface CredentialsDraft {
  readonly scheme: Authentication;
  readonly token: string;
  readonly user: string;
  readonly password: string;
}

export const credentialsDraft = (scheme: Authentication): CredentialsDraft => ({
  scheme,
  token: '',
  user: '',
  password: '',
});

export type ReadCredentials =
  | { readonly kind: 'given'; readonly credentials: Credentials | undefined }
  /** The scheme stays and nothing was typed: what is in memory goes on. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'problem'; readonly field: 'token' | 'user'; readonly problem: string };

/** RFC 6750 §2.1. */
const BEARER_TOKEN = /^[\w.~+/-]+=*$/;

/** `current`: the scheme that the run has now. */
export function readCredentials(draft: CredentialsDraft, current: Authentication): ReadCredentials {
  const { scheme, token, user, password } = draft;
  if (scheme === 'none') return { kind: 'given', credentials: undefined };
  if (scheme === current && token === '' && user === '' && password === '') return { kind: 'kept' };
  switch (scheme) {
    case 'bearer': {
      const bare = token.trim();
      if (bare === '') return { kind: 'problem', field: 'token', problem: 'Enter the token.' };
      if (!BEARER_TOKEN.test(bare))
        return {
          kind: 'problem',
          field: 'token',
          problem:
            'A token has letters, digits and - . _ ~ + / only, and = at its end (RFC 6750); leave "Bearer" out.',
        };
      return { kind: 'given', credentials: { scheme, token: bare } };
    }
    case 'digest':
      if (user === '') return { kind: 'problem', field: 'user', problem: 'Enter the user.' };
      // RFC 7616 §3.4.2 joins them with colons.
      if (user.includes(':'))
        return { kind: 'problem', field: 'user', problem: 'A user name has no colon (RFC 7616).' };
      return { kind: 'given', credentials: { scheme, user, password } };
    default:
      return scheme satisfies never;
  }
}
