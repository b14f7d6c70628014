/** What a picture gives to be taken along. */
export interface Exportable {
  /** Begins the file's name: `peer-lists-matrix`. */
  readonly name: string;
  /** One line, heads the picture. */
  readonly title: string;
  /** Lines under the title, for what the legend cannot say. */
  readonly notes?: readonly string[];
  readonly legend: readonly LegendEntry[];
  /** Where it is not from the run that the page shows. */
  readonly from?: Provenance;
  /** The drawing, on the page or made for this; undefined: nothing to show yet. Either this ... */
  readonly svg?: () => SVGSVGElement | undefined;
  /** ... or the drawing by pixels at this scale: 2 for twice as many each way as on the page. */
  readonly pixels?: (scale: number) => Promise<ImageBitmap | undefined>;
  /** The data, as RFC 4180 has it, with a header record; empty: none yet. */
  readonly csv?: () => string | Promise<string>;
}

export interface LegendEntry {
  readonly label: string;
  /** CSS, `var(--seed)` too. */
  readonly colour: string;
  readonly mark?: LegendMark;
}

export type LegendMark = 'disc' | 'ring' | 'line' | 'dashed' | 'square' | 'hatched';

/** What a picture was taken from; what is left out does not apply to it. */
export interface Provenance {
  /** The scenario's name, or the file's. */
  readonly scenario: string;
  readonly seed?: number;
  readonly edition?: string;
  readonly clock?: 'virtual' | 'real';
  /** Milliseconds since the run began. */
  readonly elapsed?: number;
}
