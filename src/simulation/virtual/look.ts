/** The peers of a part as a page draws them: columns for all, everything there is for one. */
import { EDITIONS } from '../../protocol/message.ts';
import { protocolState } from '../../peer/peer.ts';
import type { PeerState } from '../../peer/state.ts';
import { endpointOf } from '../addresses.ts';
import { toExchange } from '../exchange-log.ts';
import { PHASES, type PeerColumns, type PeerDetail, type PeerPhase, type Snapshot } from '../report.ts';
import { peerAt } from './homes.ts';
import type { Script } from './script.ts';
import { modeOf, registeredOf, WISHES, type Session } from './session.ts';
import type { Story } from './story.ts';
import { FLAGS, type PeerTable, type Row } from './table.ts';

function phaseOf({ wish, registered, pending }: PhaseFacts, switching: boolean): PeerPhase {
  if (wish === 'gone') return 'leaving';
  if (pending !== undefined && (pending.retryAt !== undefined || pending.attempt > 1)) return 'silent';
  if (registered === wish) return 'tracking';
  return switching ? 'switching' : 'joining';
}
type PhaseFacts = Pick<PeerState, 'wish' | 'registered' | 'pending'>;

/** What a row remembers of it, where there are no objects. */
const resting = (table: PeerTable, row: Row): PhaseFacts => ({
  wish: WISHES[table.wish[row] ?? 0] ?? 'LEECH',
  registered: registeredOf(table, row),
  pending: undefined,
});

export function columnsOf(
  table: PeerTable,
  sessionOf: (row: Row) => Session | undefined,
): Pick<Snapshot, 'peers' | 'links'> {
  const count = table.size;
  const peers: PeerColumns = {
    handle: new Uint32Array(count),
    swarm: new Uint16Array(count),
    edition: new Uint8Array(count),
    mode: new Uint8Array(count),
    phase: new Uint8Array(count),
    share: new Float32Array(count),
    upload: new Float32Array(count),
    download: new Float32Array(count),
  };
  const links: number[] = [];
  let place = 0;
  for (const row of table.rows()) {
    const session = sessionOf(row);
    const facts = session?.state ?? resting(table, row);
    const completed = table.has(row, FLAGS.completed);
    peers.handle[place] = table.peer[row] ?? 0;
    peers.swarm[place] = table.swarm[row] ?? 0;
    peers.edition[place] =
      session === undefined ? (table.speaks[row] ?? 0) : EDITIONS.indexOf(session.state.edition);
    peers.mode[place] = modeOf(facts, completed) === 'SEED' ? 1 : 0;
    peers.phase[place] = PHASES.indexOf(phaseOf(facts, table.has(row, FLAGS.switching)));
    peers.share[place] = session?.node?.share ?? (completed ? 1 : 0);
    peers.upload[place] = session?.node?.uploadRate ?? 0;
    peers.download[place] = session?.node?.downloadRate ?? 0;
    place++;
    if (session?.node === undefined) continue;
    for (const link of session.node.links.values())
      if (link.ours && link.open && link.handle !== undefined) links.push(session.peer, link.handle);
  }
  return { peers, links: Uint32Array.from(links) };
}

export function detailOf(
  script: Script,
  table: PeerTable,
  session: Session,
  story: Story | undefined,
): PeerDetail {
  const { row, peer, identity, state, node } = session;
  const swarm = table.swarm[row] ?? 0;
  const completed = table.has(row, FLAGS.completed);
  const chunks = script.scenario.swarms[swarm]?.chunks ?? 0;
  return {
    handle: peer,
    peerId: identity.peerId,
    swarm,
    mode: modeOf(state, completed),
    phase: phaseOf(state, table.has(row, FLAGS.switching)),
    edition: identity.edition,
    speaks: state.edition,
    state: protocolState(state),
    transition: story?.transition,
    addresses: identity.addresses.map(endpointOf),
    chunksHeld: node?.chunks.count ?? (completed ? chunks : 0),
    chunks,
    upload: node?.uploadRate ?? 0,
    uploadLimit: table.upload[row] ?? 0,
    download: node?.downloadRate ?? 0,
    downloadLimit: table.download[row] ?? 0,
    uploadedBytes: Math.round(node?.uploadedBytes ?? table.uploaded[row] ?? 0),
    downloadedBytes: Math.round(node?.downloadedBytes ?? table.downloaded[row] ?? 0),
    links: node?.openLinks ?? 0,
    deadListed: node?.deadCandidates ?? 0,
    since: (table.bornAt[row] ?? 0) / 1000,
    nextReport: state.reportAt,
    history: [...(story?.history ?? [])],
    list: story?.list && {
      ...story.list,
      peers: story.list.peers.map((listed) => ({
        ...listed,
        linked: isLinked(session, listed.endpoint),
      })),
    },
    latest: story?.latest && toExchange(story.latest),
  };
}

const isLinked = ({ node }: Session, endpoint: string): boolean => {
  const there = peerAt(endpoint);
  for (const link of node?.links.values() ?? []) if (link.open && link.handle === there) return true;
  return false;
};
