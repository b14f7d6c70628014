/** What a request is for, in the protocol's words, for the message list. */
import type { Pending } from '../peer/state.ts';
import type { Request } from '../protocol/message.ts';

/** `completed`: the peer has every chunk. */
export function purposeOf({ purpose, request }: Pending, completed: boolean): string {
  switch (purpose) {
    case 'connect':
      return 'registration';
    case 'join':
      return joining(request);
    case 'ask anew':
      return asking(request);
    case 'leave':
      return 'LEAVE';
    case 'disconnect':
      return 'end of the registration';
    case 'leave to return':
      return completed ? 'LEAVE, to return as SEED' : 'LEAVE, to join anew';
    case 'report':
      return 'statistics';
    case 'keep alive':
      return 'still alive, nothing to report';
    case 'answer query':
      return 'answer to the tracker\u2019s question';
    default:
      return purpose satisfies never;
  }
}

function joining(request: Request): string {
  switch (request.method) {
    case 'JOIN':
      return `JOIN as ${request.mode}`;
    case 'JOIN_CHUNK':
      return `JOIN as ${request.mode}, with chunk ${request.chunkId ?? ''}`;
    case 'CONNECT': {
      const mode = request.actions[0]?.mode ?? 'LEECH';
      const [scope] = request.scope ?? [];
      return scope === undefined ? `JOIN as ${mode}` : `JOIN as ${mode}, from segment ${scope.startIndex}`;
    }
    default:
      return 'JOIN';
  }
}

function asking(request: Request): string {
  if (request.method === 'FIND_CHUNK') return `who holds chunk ${request.chunkId ?? ''}`;
  if (request.method !== 'FIND') return 'JOIN anew, for more neighbours';
  const [scope] = request.scope ?? [];
  return scope === undefined ? 'more neighbours' : `who holds segment ${scope.startIndex}`;
}
