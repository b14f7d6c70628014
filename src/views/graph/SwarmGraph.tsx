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
import { rendererIn } from '../../dashboard/renderer.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { shortId } from '../format.ts';
import { classNames } from './class-names.ts';
import { Drawing } from './drawing.ts';
import { attachGestures, attachOverview } from './gestures.ts';
import { HoverCard } from './HoverCard.tsx';
import { Legend, type Paint } from './Legend.tsx';
import type { GraphCommand, GraphHover, GraphReport, GraphStats } from './messages.ts';
import { Takes } from './takes.ts';
import { readTheme } from './theme-colours.ts';
import { Tools } from './Tools.tsx';
import './graph.css';

export interface GraphControls {
  /** All swarms into view. */
  fit(): void;
  /** Keeps the peer in the middle; `undefined` lets go. */
  follow(peer: PeerHandle | undefined): void;
  /** The peer stays where it is, or is let go. */
  turnPin(peer: PeerHandle): void;
  /** All of the picked set into view. */
  fitPicked(): void;
}

export interface SwarmGraphProps {
  readonly feed: Feed;
  /** While it is not shown, nothing is drawn; where everything stands is kept. */
  readonly shown: boolean;
  readonly selected: PeerHandle | undefined;
  /** Peers that the tracker listed to the selected one. */
  readonly listed: readonly PeerHandle[];
  /** A set that stands out; `alone`: the others step back. */
  readonly picked: ReadonlySet<PeerHandle>;
  readonly alone: boolean;
  /** `name`: colours are read anew when it changes; `scale`: of text and strokes, 1.35 for a projector. */
  readonly theme: { readonly name: string; readonly scale: number };
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly onPick: (peer: PeerHandle | undefined) => void;
  /** A set was drawn around or asked for; `what` it has in common, in words. */
  readonly onGathered: (peers: readonly PeerHandle[], what: string) => void;
  /** Peers that stay where they were put. */
  readonly onPins: (peers: readonly PeerHandle[]) => void;
  readonly ref?: Ref<GraphControls>;
}

type Classes = Pick<Extract<GraphReport, { kind: 'classes' }>, 'colours' | 'names'>;

const REDUCED = '(prefers-reduced-motion: reduce)';

export function SwarmGraph({ feed, shown, selected, listed, picked, alone, ref, ...rest }: SwarmGraphProps) {
  const { theme, label, onPick, onGathered, onPins } = rest;
  const host = useRef<HTMLDivElement>(null);
  const corner = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(undefined);
  const [takes] = useState(() => new Takes());
  const [renderer] = useState(() => rendererIn(location.href).wish);
  const [attempt, setAttempt] = useState(0);
  const [death, setDeath] = useState<string>();
  const [ready, setReady] = useState(false);
  const [swarms, setSwarms] = useState<readonly FeedSwarm[]>([]);
  const [hover, setHover] = useState<GraphHover>();
  const [followed, setFollowed] = useState<string>();
  const [pins, setPins] = useState(0);
  const [lasso, setLasso] = useState(false);
  const [overview, setOverview] = useState(false);
  const [stats, setStats] = useState<GraphStats>();
  const [paint, setPaint] = useState<Paint>({ by: 'mode', chosen: [] });
  const [classes, setClasses] = useState<Classes>({ colours: [], names: [] });

  const send = useCallback((command: GraphCommand) => drawing.current?.send(command), []);

  const onReport = useEffectEvent((report: GraphReport) => {
    switch (report.kind) {
      case 'ready':
        setReady(true);
        break;
      case 'hover':
        setHover(report.hover);
        break;
      case 'clicked':
        onPick(report.peer);
        break;
      case 'gathered':
        setLasso(false);
        onGathered(report.peers, report.what);
        break;
      case 'pins':
        setPins(report.peers.length);
        onPins(report.peers);
        break;
      case 'overview':
        setOverview(report.shown);
        break;
      case 'following':
        setFollowed(report.peer === undefined ? undefined : report.peerId);
        break;
      case 'classes':
        setClasses(report);
        break;
      case 'stats':
        setStats(report.stats);
        break;
      case 'taken':
        takes.answer(report);
        break;
      default:
        report satisfies never;
    }
  });
  const currentTheme = useEffectEvent((element: HTMLElement) => readTheme(element, theme.scale));
  const tellSelection = useEffectEvent(() => {
    send({ kind: 'select', peer: selected, listed });
    send({ kind: 'picked', peers: [...picked], alone });
  });

  const tellPaint = useEffectEvent(() => send({ kind: 'paint', ...paint }));

  useEffect(() => {
    const [element, small] = [host.current, corner.current];
    if (element === null || small === null) return undefined;
    const motion = matchMedia(REDUCED);
    const onMotion = (): void => send({ kind: 'motion', reduced: motion.matches });
    let made: Drawing;
    try {
      const looks = { theme: currentTheme(element), reducedMotion: motion.matches, renderer };
      made = new Drawing({ stage: element, corner: small }, feed, looks, {
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
    const detach = [attachGestures(element, send), attachOverview(small, send)];
    return () => {
      motion.removeEventListener('change', onMotion);
      for (const one of detach) one();
      made.dispose();
      drawing.current = undefined;
      takes.giveUp();
      setReady(false);
      setHover(undefined);
      setFollowed(undefined);
      setOverview(false);
    };
  }, [feed, attempt, renderer, send, takes]);

  useEffect(() => drawing.current?.show(shown), [shown, attempt]);

  useEffect(() => send({ kind: 'select', peer: selected, listed }), [send, selected, listed]);

  useEffect(() => send({ kind: 'picked', peers: [...picked], alone }), [send, picked, alone]);

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
      turnPin: (peer) => send({ kind: 'pin', peer }),
      fitPicked: () => send({ kind: 'fit-picked' }),
    }),
    [send],
  );

  const names = paint.by === 'asn' ? classes.names : classNames(paint.by);
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
      data-renderer={stats?.renderer}
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
        aria-label={`${label} Arrow keys move the map, plus and minus zoom, 0 shows all; m pins the selected peer, Shift and arrow keys move it.`}
        tabIndex={0}
        data-hovering={hover?.target.kind}
        data-lasso={lasso ? '' : undefined}
      />
      <div
        ref={corner}
        className="graph-overview"
        role="img"
        aria-label="Overview of the whole picture: its frame is what is seen now. The picture’s arrow keys move it."
        title="The whole picture: drag to move the frame of what is seen"
        hidden={!overview || death !== undefined}
      />
      {hover !== undefined && death === undefined && <HoverCard hover={hover} swarms={swarms} />}
      <Legend paint={paint} names={names} colours={classes.colours} onPaint={setPaint} />
      <Tools
        swarms={swarms}
        by={paint.by}
        classes={names}
        pins={pins}
        lasso={lasso}
        onLasso={setLasso}
        send={send}
        exporting={
          <ExportMenu
            what="the picture of the swarms"
            of={() => takes.exportable(send, { paint, colours: classes.colours, names })}
          />
        }
      />
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
