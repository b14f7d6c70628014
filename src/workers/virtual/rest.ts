/** Waiting in a worker. */

const line = new MessageChannel();
const waiting: (() => void)[] = [];
line.port1.onmessage = () => waiting.shift()?.();

/** 0: as soon as all messages that are here have been heard; a timer of 0 takes 4 ms when it is set again and again. */
export const rest = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    if (milliseconds > 0) {
      setTimeout(resolve, milliseconds);
      return;
    }
    waiting.push(resolve);
    line.port2.postMessage(undefined);
  });
