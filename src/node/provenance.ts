/** Where results come from: enough to make them anew. */
import { arch, cpus, platform, totalmem } from 'node:os';
import type { Provenance } from '../analysis/summary-file.ts';
import { LOG_FORMAT, LOG_VERSION } from '../simulation/virtual/header.ts';

/** What the command knows of itself. */
export interface Tool {
  readonly version: string;
  /** As it was typed, from the subcommand on. */
  readonly command: readonly string[];
}

export function provenanceOf({ version, command }: Tool, started: Date): Provenance {
  const processors = cpus();
  return {
    version,
    schema: `${LOG_FORMAT}/${LOG_VERSION}`,
    started: started.toISOString(),
    command: ['swarmscope', ...command.map(withoutSecrets)].join(' '),
    node: process.version,
    machine: {
      platform: platform(),
      arch: arch(),
      cpu: processors[0]?.model.trim() ?? 'unknown',
      cpus: processors.length,
      memory: totalmem(),
    },
  };
}

/** User and password of a URL are nobody's business, and queries may hold a token. */
export const withoutSecrets = (text: string): string =>
  text.replace(/([a-z][a-z\d+.-]*:\/\/)[^\s/?#]*@/gi, '$1').replace(/(:\/\/[^\s?#]*)[?#]\S*/g, '$1');
