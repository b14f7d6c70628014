/** A MessagePort as a run's parts take one. */
import type { PortLike } from '../../simulation/virtual/port.ts';

export const overPort = (port: MessagePort): PortLike => ({
  post: (message, transfer) => port.postMessage(message, transfer),
  listen(hear) {
    port.onmessage = ({ data }: MessageEvent<unknown>) => hear(data);
  },
});
