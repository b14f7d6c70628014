/** The live graph: everything on its canvas is drawn by a worker; here are its words, buttons and keys. */
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  type Ref,
} from 'react';
import type { Feed, FeedSwarm, PeerHandle } from '../../dashboard/feed.ts';
import { shortId } from '../format.ts';
import { Drawing } from './drawing.ts';
import { attachGestures, ZOOM_STEP } from './gestures.ts';
import { HoverCard } from './HoverCard.tsx';
import { Legend, type Paint } from './Legend.tsx';
import type { GraphCommand, GraphHover, GraphReport, GraphStats } from './messages.ts';
import { readTheme } from './theme-colours.ts';
import './graph.css';

export interface GraphControls {
  /** All swarms into view. */
  fit(): void;
  /** Keeps the peer in the middle; `undefined` lets go. */
  follow(peer: PeerHandle | undefined): void;
}

export interface SwarmGraphProps {
  readonly feed: Feed;
  /** While it is not shown, nothing is drawn; where everything stands is kept. */
  readonly shown: boolean;
  readonly selected: PeerHandle | undefined;
  /** Peers that the tracker listed to the selected one. */
  readonly listed: readonly PeerHandle[];
  /** `name`: colours are read anew when it changes; `scale`: of text and strokes, 1.35 for a projector. */
  readonly theme: { readonly name: string; readonly scale: number };
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly onPick: (peer: PeerHandle | undefined) => void;
  readonly ref?: Ref<GraphControls>;
}

const REDUCED = '(prefers-reduced-motion: reduce)';

export function SwarmGraph({ feed, shown, selected, listed, theme, label, onPick, ref }: SwarmGraphProps) {
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(undefined);
  const [attempt, setAttempt] = useState(0);
  const [death, setDeath] = useState<string>();
  const [ready, setReady] = useState(false);
  const [swarms, setSwarms] = useState<readonly FeedSwarm[]>([]);
  const [hover, setHover] = useState<GraphHover>();
  const [followed, setFollowed] = useState<string>();
  const [stats, setStats] = useState<GraphStats>();
  const [paint, setPaint] = useState<Paint>({ by: 'mode', chosen: [] });
  const [colours, setColours] = useState<readonly string[]>([]);

  const send = useCallback((command: GraphCommand) => drawing.current?.send(command), []);

  const onReport = useEffectEvent((report: GraphReport) => {
    switch (report.kind) {
      case 'ready':
        setReady(true);
        break;
      case 'hover':
        setHover(report.hover);
        break;
      case 'picked':
        onPick(report.peer);
        break;
      case 'following':
        setFollowed(report.peer === undefined ? undefined : report.peerId);
        break;
      case 'colours':
        setColours(report.colours);
        break;
      case 'stats':
        setStats(report.stats);
        break;
      default:
        report satisfies never;
    }
  });
  const currentTheme = useEffectEvent((element: HTMLElement) => readTheme(element, theme.scale));
  const tellSelection = useEffectEvent(() => send({ kind: 'select', peer: selected, listed }));

  const tellPaint = useEffectEvent(() => send({ kind: 'paint', ...paint }));

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const motion = matchMedia(REDUCED);
    const onMotion = (): void => send({ kind: 'motion', reduced: motion.matches });
    let made: Drawing;
    try {
      made = new Drawing(element, feed, currentTheme(element), motion.matches, {
        onReport,
        onSwarms: (next) => {
          setSwarms(next);
          setHover(undefined);
        },
        onDeath: setDeath,
      });
    } catch (error) {
      queueMicrotask(() => setDeath(error instanceof Error ? error.message : String(error)));
      return undefined;
    }
    drawing.current = made;
    tellSelection();
    tellPaint();
    motion.addEventListener('change', onMotion);
    const detach = attachGestures(element, send);
    return () => {
      motion.removeEventListener('change', onMotion);
      detach();
      made.dispose();
      drawing.current = undefined;
      setReady(false);
      setHover(undefined);
      setFollowed(undefined);
    };
  }, [feed, attempt, send]);

  useEffect(() => drawing.current?.show(shown), [shown, attempt]);

  useEffect(() => send({ kind: 'select', peer: selected, listed }), [send, selected, listed]);

  useEffect(() => send({ kind: 'paint', ...paint }), [send, paint]);

  useEffect(() => {
    // A frame later: whoever sets the theme on the document may do so after this effect.
    const frame = requestAnimationFrame(() => {
      if (host.current !== null) send({ kind: 'theme', theme: readTheme(host.current, theme.scale) });
    });
    return () => cancelAnimationFrame(frame);
  }, [send, theme.name, theme.scale]);

  useImperativeHandle(
    ref,
    () => ({
      fit: () => send({ kind: 'fit' }),
      follow: (peer) => send({ kind: 'follow', peer }),
    }),
    [send],
  );

  const zoom = (factor: number): void => send({ kind: 'zoom', factor, about: undefined, smooth: true });
  const restart = (): void => {
    setDeath(undefined);
    setAttempt(attempt + 1);
  };

  return (
    <div
      className="graph"
      data-graph-ready={ready && death === undefined}
      data-graph-nodes={stats?.nodes ?? 0}
      data-graph-foreign={stats?.foreign ?? 0}
      data-graph-links={stats?.links ?? 0}
      data-graph-fps={stats?.fps ?? 0}
      data-graph-tick-ms={stats?.tickMs.toFixed(2)}
      data-graph-draw-ms={stats?.drawMs.toFixed(2)}
      data-graph-frame-p95={stats?.p95.toFixed(1)}
    >
      <div
        ref={host}
        className="graph-stage"
        role="application"
        aria-roledescription="live graph"
        aria-label={`${label} Arrow keys move the map, plus and minus zoom, 0 shows all.`}
        tabIndex={0}
        data-hovering={hover?.target.kind}
      />
      {hover !== undefined && death === undefined && <HoverCard hover={hover} swarms={swarms} />}
      <Legend paint={paint} colours={colours} onPaint={setPaint} />
      <div className="graph-buttons">
        <button
          type="button"
          className="button"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => zoom(ZOOM_STEP)}
        >
          +
        </button>
        <button
          type="button"
          className="button"
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => zoom(1 / ZOOM_STEP)}
        >
          −
        </button>
        <button
          type="button"
          className="button"
          title="Show all swarms (0, or double-click)"
          onClick={() => send({ kind: 'fit' })}
        >
          Fit
        </button>
      </div>
      {followed !== undefined && (
        <button
          type="button"
          className="button button-small graph-following"
          onClick={() => send({ kind: 'follow', peer: undefined })}
        >
          Following <code>{shortId(followed)}</code> · let go
        </button>
      )}
      {death !== undefined && (
        <div className="graph-death" role="alert">
          <p>The drawing stopped: {death.replace(/\.$/, '')}.</p>
          <p>The run itself goes on.</p>
          <button type="button" className="button button-main" onClick={restart}>
            Restart drawing
          </button>
        </div>
      )}
    </div>
  );
}
