/** Why the server cannot start, said so that a person knows what to do; shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Puts an error of `listen` into words. */
export function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  const at = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const options = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `${at} is taken by another program. Stop that one, or choose another port (--port 0 picks a free one).`,
        options,
      );
    case 'EACCES':
    case 'EPERM':
      return new StartError(
        `No permission to listen on ${at}. Choose a port above 1023 (--port 0 picks a free one).`,
        options,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return new StartError(
        `This computer has no address ${host}, so ${at} cannot be listened on. Try --host 127.0.0.1, or --host 0.0.0.0 for all addresses.`,
        options,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `The host name ${host} is unknown, so ${at} cannot be listened on. Try --host 127.0.0.1.`,
        options,
      );
    default:
      return new StartError(`Cannot listen on ${at}: ${error.message}`, options);
  }
}
