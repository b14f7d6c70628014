/** The charts on the page, kept up to date past React: asks, takes the answers, draws. */
import type { Dashboard } from '../../dashboard/dashboard.ts';
import type { TimeAnswer, TimeAsk, TimePart, TimeRange } from '../../dashboard/observed.ts';
import { formatClock } from '../format.ts';
import { rangeInAddress } from '../range-address.ts';
import { timeToX, xToTime } from '../timeline/layout.ts';
import { bandsOf } from './bands.ts';
import { drawOn, frameOf, lookOf, Sizes } from './canvas.ts';
import { axisMarks, bandMarks, type Band } from './axis.ts';
import { writeCommon, type CommonParts } from './common-parts.ts';
import { areaOf, type Frame } from './frame.ts';
import { alongOf, chartMarks } from './layout.ts';
import { showLegend } from './legend.ts';
import type { Mark } from './marks.ts';
import { modelOf, type Model } from './model.ts';
import { createNews, tellNews } from './news.ts';
import type { Look } from './paint.ts';
import { clamped, isWhole, liveRange, moved, zoomed } from './range.ts';
import { timeView } from './state.ts';
import { summaryOf } from './words.ts';

/** What of a chart is on the page. */
export interface ChartParts {
  readonly canvas: HTMLCanvasElement;
  readonly legend: HTMLElement;
}

/** Pixels of a column at least. */
const COLUMN = 3;
const MOST_COLUMNS = 800;
/** Swarms with a plot of their own. */
const SWARMS_APART = 5;

export class TimeScene {
  readonly news = createNews();
  readonly #dashboard: Dashboard;
  readonly #charts = new Map<TimePart, ChartParts>();
  readonly #models = new Map<TimePart, Model | undefined>();
  readonly #sizes = new Sizes(() => this.#later(true));
  /** Charts that are in sight: the others are drawn when they come into it. */
  readonly #inSight = new Set<Element>();
  readonly #sighted = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) this.#inSight.add(target);
      else this.#inSight.delete(target);
    this.#later(true);
  });
  #common: CommonParts | undefined;
  #answer: TimeAnswer | undefined;
  #bands: readonly Band[] = [];
  #look: Look | undefined;
  /** What is read: a moment of the run, or an age on the chart that has ages. */
  #at: number | undefined;
  #age: number | undefined;
  #brush: TimeRange | undefined;
  #watched = '';
  #unwatch: (() => void) | undefined;
  #frame = 0;
  #stale = true;

  constructor(dashboard: Dashboard) {
    this.#dashboard = dashboard;
  }

  /** Returns the end of it. */
  begin(common: CommonParts): () => void {
    const { stores, links } = this.#dashboard;
    this.#common = common;
    this.#bands = bandsOf(stores.run.getState().scenario);
    this.#sizes.observe(common.axis);
    const ends = [
      rangeInAddress(links),
      links.store.subscribe(() => this.#later(true)),
      timeView.subscribe(() => this.#later(true)),
      stores.run.subscribe(({ scenario }, before) => {
        if (scenario === before.scenario) return;
        this.#bands = bandsOf(scenario);
        this.#later(true);
      }),
    ];
    this.#later(true);
    return () => {
      this.#common = undefined;
      this.#unwatch?.();
      this.#watched = '';
      this.#sizes.unobserve(common.axis);
      for (const end of ends) end();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
    };
  }

  /** Returns the end of it. */
  add(part: TimePart, chart: ChartParts): () => void {
    this.#charts.set(part, chart);
    this.#sizes.observe(chart.canvas);
    this.#sighted.observe(chart.canvas);
    this.#later(true);
    return () => {
      this.#charts.delete(part);
      this.#sizes.unobserve(chart.canvas);
      this.#sighted.unobserve(chart.canvas);
      this.#inSight.delete(chart.canvas);
    };
  }

  /** The theme is another. */
  relook(): void {
    this.#look = undefined;
    this.#later(true);
  }

  get told(): number {
    return this.#answer?.told ?? 0;
  }

  get range(): TimeRange {
    const { range } = this.#dashboard.links.store.getState();
    if (range !== undefined) return { from: range.from * 1000, to: range.to * 1000 };
    return liveRange(timeView.getState().latest, this.told);
  }

  get at(): number | undefined {
    return this.#at;
  }

  get brush(): TimeRange | undefined {
    return this.#brush;
  }

  model(part: TimePart): Model | undefined {
    return this.#models.get(part);
  }

  /** The question that the page's charts are the answer to, or one like it. */
  askFor(parts: readonly TimePart[], columns: number): TimeAsk {
    const { latest, availabilityOf, progressOf, progressBy } = timeView.getState();
    const isLive = this.#dashboard.links.store.getState().range === undefined;
    const range = isLive ? { latest } : this.range;
    return { parts, range, columns, swarms: SWARMS_APART, availabilityOf, progressOf, progressBy };
  }

  modelOf(part: TimePart, answer: TimeAnswer): Model | undefined {
    return modelOf(part, answer, (swarm) => this.#swarmName(swarm));
  }

  /** Moment under a place, in pixels from the left edge of the plots. */
  timeAt(x: number): number {
    return xToTime(x, this.range, areaOf(this.#width));
  }

  /** Undefined: the latest. */
  point(at: number | undefined): void {
    this.#at = at === undefined ? undefined : Math.min(Math.max(0, at), Math.max(this.told, this.range.to));
    this.#age = undefined;
    this.#later(false);
  }

  /** On the chart that has ages along it; `x` in pixels. */
  pointAge(x: number): void {
    const plot = this.#models.get('progress')?.plots[0];
    if (plot === undefined) return;
    const along = alongOf(plot, this.range);
    this.#at = undefined;
    this.#age = xToTime(x, along, areaOf(this.#width));
    this.#later(false);
  }

  paintBrush(range: TimeRange | undefined): void {
    this.#brush = range;
    this.#later(false);
  }

  /** A part of the run from now on; undefined: along with it. */
  show(range: TimeRange | undefined): void {
    const { links } = this.#dashboard;
    if (range === undefined) return links.show(undefined);
    const { from, to } = clamped(range, this.told);
    return links.show({ from: from / 1000, to: to / 1000 });
  }

  /** `factor` above 1 shows more. Without a moment to zoom around, the newest stays in sight if it is. */
  zoom(factor: number, around?: number): void {
    const { range, told } = this;
    const centre = around ?? this.#at;
    const isLive = this.#dashboard.links.store.getState().range === undefined;
    const next = zoomed(range, factor, centre ?? (isLive ? range.to : (range.from + range.to) / 2), told);
    if (isWhole(next, told)) return this.goLive(Infinity);
    if (isLive && centre === undefined) return this.goLive(next.to - next.from);
    return this.show(next);
  }

  /** `by` in milliseconds. */
  travel(by: number): void {
    this.show(moved(this.range, by, this.told));
  }

  goLive(latest = timeView.getState().latest): void {
    timeView.setState({ latest });
    this.show(undefined);
  }

  /** The mark on the charts, here and in the strip of the other places. Pressed where it stands, it goes. */
  setMark(at: number, near: number): void {
    const { links } = this.#dashboard;
    const { time } = links.store.getState();
    const isThere = time !== undefined && Math.abs(time * 1000 - at) < near;
    links.mark(isThere ? undefined : Math.round(at / 1000));
  }

  /** A column of the chart on top. */
  get step(): number {
    const first = this.#models.get(timeView.getState().shown[0] ?? 'population');
    return first?.plots[0]?.grid.width ?? (this.range.to - this.range.from) / 100;
  }

  #swarmName(swarm: number): string {
    const { stores } = this.#dashboard;
    const own = stores.run.getState().scenario.swarms;
    return own[swarm]?.id ?? stores.foreign.getState().swarms[swarm - own.length] ?? 'further swarms';
  }

  get #width(): number {
    return this.#sizes.of(this.#common?.axis).width;
  }

  #columns(): number {
    return Math.min(MOST_COLUMNS, Math.max(1, Math.floor(this.#width / COLUMN)));
  }

  /** What is asked follows from what is shown. */
  #watch(): void {
    // As many columns as there is room for: not known before the page is laid out.
    if (this.#width === 0) return;
    const ask = this.askFor(timeView.getState().shown, this.#columns());
    const key = JSON.stringify([ask, 'latest' in ask.range ? String(ask.range.latest) : '']);
    if (key === this.#watched) return;
    this.#watched = key;
    this.#unwatch?.();
    this.#unwatch = this.#dashboard.observed.watch('time', ask, (answer) => {
      this.#answer = answer;
      for (const part of ask.parts) this.#models.set(part, this.modelOf(part, answer));
      this.#tell(answer);
      this.#later(true);
    });
  }

  #tell(answer: TimeAnswer): void {
    const first = this.#models.get(timeView.getState().shown[0] ?? 'population')?.plots[0];
    tellNews(this.news, {
      any: answer.told > 0,
      ahead: this.range.from >= answer.told,
      width: first?.grid.width ?? answer.finest,
      swarms: Math.max(1, this.#models.get('population')?.plots.length ?? 1),
      gaps: answer.gaps.length,
    });
  }

  #later(stale: boolean): void {
    this.#stale ||= stale;
    if (this.#frame !== 0 || this.#common === undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const all = this.#stale;
      this.#stale = false;
      if (all) this.#watch();
      if (this.#common !== undefined) this.#draw(this.#common, all);
    });
  }

  /** First what is drawn, then what is written: else the page would be laid out again for each chart. */
  #draw(common: CommonParts, all: boolean): void {
    const { axis } = common;
    const look = (this.#look ??= lookOf(axis));
    const { range } = this;
    const frame = frameOf(this.#sizes.of(axis), range, look);
    const charts = [...this.#charts].map(([part, { canvas, legend }]) => {
      const model = this.#models.get(part);
      const isAge = model?.plots[0]?.along === 'age';
      return { part, canvas, legend, model, isAge, frame: frameOf(this.#sizes.of(canvas), range, look) };
    });
    if (all) drawOn(axis, frame, axisMarks(this.#bands, frame), look);
    for (const chart of charts)
      if (this.#inSight.has(chart.canvas) && (all || chart.isAge))
        drawOn(chart.canvas, chart.frame, this.marks(chart.part, chart.frame), look);
    for (const { canvas, legend, model, isAge } of charts) {
      if (this.#inSight.has(canvas)) showLegend(legend, model, isAge ? this.#age : this.#at, look);
      if (all) canvas.setAttribute('aria-label', summaryOf(model));
    }
    this.#writeCommon(common, frame.width);
  }

  /** Of a whole chart, with what is behind it. */
  marks(part: TimePart, frame: Frame): readonly Mark[] {
    const model = this.#models.get(part);
    if (model === undefined) return [];
    const [plot] = model.plots;
    if (plot?.along !== 'age') return [...bandMarks(this.#bands, frame), ...chartMarks(model, frame)];
    const marks = chartMarks(model, frame);
    if (this.#age === undefined) return marks;
    const x = timeToX(this.#age, alongOf(plot, frame.range), areaOf(frame.width));
    return [...marks, { kind: 'lines', paths: [[x, 0, x, frame.height]], stroke: { ink: 'ink', width: 1 } }];
  }

  /** For the picture that is taken along: the size of the one on the page, and the axis below it. */
  picture(
    part: TimePart,
  ): { readonly marks: readonly Mark[]; readonly frame: Frame; readonly look: Look } | undefined {
    const canvas = this.#charts.get(part)?.canvas;
    if (canvas === undefined || this.#models.get(part) === undefined) return undefined;
    const look = (this.#look ??= lookOf(canvas));
    const frame = frameOf(this.#sizes.of(canvas), this.range, look);
    return { marks: this.marks(part, frame), frame, look };
  }

  get bands(): readonly Band[] {
    return this.#bands;
  }

  #writeCommon(common: CommonParts, width: number): void {
    const { range, told } = this;
    const { time, range: chosen } = this.#dashboard.links.store.getState();
    const now = writeCommon(common, width, {
      range,
      told,
      at: this.#at,
      brush: this.#brush,
      mark: time === undefined ? undefined : time * 1000,
      isLive: chosen === undefined,
      hasBands: this.#bands.length > 0,
    });
    const { slider } = common;
    if (document.activeElement === slider) slider.setAttribute('aria-valuetext', this.#spoken(now));
  }

  #spoken(now: number): string {
    const lines = timeView.getState().shown.map((part) => summaryOf(this.#models.get(part), this.#at));
    return `${formatClock(now)}. ${lines.join(' ')}`;
  }
}
