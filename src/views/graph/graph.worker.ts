/** The shell: messages in, messages out; all else is in stage.ts. */
import type { GraphCommand, GraphReport } from './messages.ts';
import { Stage } from './stage.ts';

const report = (message: GraphReport): void => self.postMessage(message satisfies GraphReport);

let stage: Stage | undefined;

self.onmessage = ({ data }: MessageEvent<GraphCommand>) => {
  if (data.kind === 'init') stage = new Stage(data, report);
  else stage?.handle(data);
};
