/** Peers of others on their way into the page: counted, listed beside ours, passed on to the picture. */
import { FOREIGN_WORKER } from '../workers/client.ts';
import type { EventsReport, ForeignDetail, ForeignNews } from '../workers/messages.ts';
import type { FeedSource } from './feed.ts';
import type { Roster } from './roster.ts';
import type { ForeignState, Stores } from './state.ts';

const NO_LINKS = new Uint32Array();

export interface ForeignDesk {
  foreign(news: ForeignNews): void;
  foreignDetail(detail: ForeignDetail): void;
  events(report: EventsReport): void;
}

export function createForeignDesk(stores: Stores, roster: Roster, feed: FeedSource): ForeignDesk {
  return {
    foreign(news) {
      roster.take(FOREIGN_WORKER, { ...news, links: NO_LINKS });
      stores.foreign.setState(countsOf(news, namesIn(stores)));
      feed.publishForeign(news);
      const { peer } = stores.selection.getState();
      for (const { handle, how } of news.ends) if (handle === peer) stores.selection.setState({ ended: how });
    },
    foreignDetail(detail) {
      if (stores.selection.getState().peer !== detail.stay.handle) return;
      const listed = (detail.list?.peers ?? []).flatMap(({ peerId }) => roster.peerOf(peerId) ?? []);
      stores.selection.setState({ foreign: detail, listed });
    },
    events(report) {
      stores.foreign.setState(({ sources }) => ({
        sources: [...sources.filter(({ url }) => url !== report.url), report],
      }));
    },
  };
}

/** The scenario's swarms and, after them, the places of peers of others. */
export const swarmNames = (stores: Stores): readonly string[] => [
  ...namesIn(stores),
  ...stores.foreign.getState().swarms,
];

const namesIn = ({ run }: Stores): readonly string[] => run.getState().scenario.swarms.map(({ id }) => id);

/** `own`: swarms of the scenario. */
export function countsOf(news: ForeignNews, own: readonly string[]): Omit<ForeignState, 'sources'> {
  const { swarm, mode } = news.peers;
  const names = [...own, ...news.swarms];
  const bySwarm = new Map<string, { seeds: number; leeches: number }>();
  for (let row = 0; row < swarm.length; row++) {
    const name = names[swarm[row] ?? 0] ?? '';
    const counts = bySwarm.get(name) ?? { seeds: 0, leeches: 0 };
    if (mode[row] === 1) counts.seeds++;
    else counts.leeches++;
    bySwarm.set(name, counts);
  }
  return {
    peers: news.count,
    omitted: news.omitted,
    swarms: news.swarms,
    bySwarm: [...bySwarm].map(([id, counts]) => ({ id, ...counts })),
  };
}
