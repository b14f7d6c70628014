import { useStore } from 'zustand';
import type { PeerDetail, PeerPhase } from '../../../dashboard/state.ts';
import { useDashboard } from '../../context.tsx';
import { editionName } from '../../editions.ts';
import { formatBytes, formatClock, formatCount, formatRate, formatSpan } from '../../format.ts';
import { Fact } from './Fact.tsx';

const PHASE_WORDS: Record<PeerPhase, string> = {
  joining: 'joining: not registered yet',
  tracking: 'registered',
  switching: 'becoming SEED',
  silent: 'no usable answer, trying again',
  leaving: 'leaving',
};

interface PeerFactsProps {
  readonly detail: PeerDetail;
  readonly ended: boolean;
}

export function PeerFacts({ detail, ended }: PeerFactsProps) {
  const { stores } = useDashboard();
  const elapsed = useStore(stores.run, (run) => Math.floor(run.elapsed / 1000) * 1000);
  return (
    <dl className="facts">
      <Fact name="standing">{PHASE_WORDS[detail.phase]}</Fact>
      <Fact name="edition">
        <span title={editionName(detail.speaks).about}>{editionName(detail.speaks).name}</span>
        {detail.speaks !== detail.edition && <span className="soft"> · fell back from {detail.edition}</span>}
      </Fact>
      <Fact name={detail.addresses.length > 1 ? 'addresses' : 'address'}>
        {detail.addresses.map((address) => (
          <span key={address} className="mono fact-line">
            {address}
          </span>
        ))}
      </Fact>
      <Fact name="chunks">
        {formatCount(detail.chunksHeld)} <span className="soft">/ {formatCount(detail.chunks)}</span>
      </Fact>
      <Fact name="down">
        {formatRate(detail.download)} <span className="soft">of {formatRate(detail.downloadLimit)}</span>
      </Fact>
      <Fact name="up">
        {formatRate(detail.upload)} <span className="soft">of {formatRate(detail.uploadLimit)}</span>
      </Fact>
      <Fact name="received / sent">
        {formatBytes(detail.downloadedBytes)} <span className="soft">/</span>{' '}
        {formatBytes(detail.uploadedBytes)}
      </Fact>
      <Fact name="links">
        {formatCount(detail.links)}{' '}
        <span className="soft">
          · {detail.list === undefined ? 'no list yet' : `${formatCount(detail.list.peers.length)} listed`}
          {detail.deadListed > 0 && `, ${formatCount(detail.deadListed)} would not link`}
        </span>
      </Fact>
      <Fact name="next report">
        {detail.nextReport === undefined || ended
          ? 'none planned'
          : `in ${formatSpan(detail.nextReport - elapsed)}`}
      </Fact>
      <Fact name="since">
        {formatClock(detail.since)} <span className="soft">for {formatSpan(elapsed - detail.since)}</span>
      </Fact>
    </dl>
  );
}
