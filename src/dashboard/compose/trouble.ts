/** What one exchange of the composer says of the way to the tracker, in the words in which a run's peers say it. */
import type { Sent, TrackerSight } from '../../workers/messages.ts';

type Trouble = Extract<TrackerSight, { readonly state: 'trouble' }>;

const HTML = /^\ufeff?\s*<(?:!doctype html|html|head|body)\b/i;

/** `undefined`: the tracker answered, whatever it said. */
export function troubleOf({ exchange, cause }: Sent): Trouble | undefined {
  const { result, time: at, verdict, error } = exchange;
  if (result.kind === 'failed') {
    const { failure, detail } = result;
    if (failure === 'no-answer') return undefined;
    return { state: 'trouble', at, failure, detail, ...(cause !== undefined && { cause }) };
  }
  if (result.status === 401 || error === 'authentication-required')
    return { state: 'trouble', at, failure: 'refuses', detail: 'authentication-required' };
  const isPage = typeof result.body === 'string' && HTML.test(result.body);
  if (verdict !== 'ok' && isPage)
    return { state: 'trouble', at, failure: 'unreadable', cause: 'html', detail: '' };
  return undefined;
}
