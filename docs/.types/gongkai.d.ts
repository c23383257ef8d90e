/**
 * What the site's scripts give each other, and what stands in the files of the search.
 *
 * Only the type checker reads this; it is no part of the site. In hooks/gongkai/publishing/search/,
 * catalogue.py and files.py write the files.
 */

/** A region: its name, and the code of the region above it. */
type RegionRecord = [name: string, parent: string];

/** An agency; the short name may be empty. */
type AgencyRecord = [
  slug: string, name: string, kind: string, region: string, short: string, ...former: string[],
];

/** A word of the statutory form: what it means, by which provision; its place in the glossary. */
type TermRecord = [word: string, meaning: string, basis: string, anchor: string];

/** A kind of entries: the section that has them, if they are headings, the section's heading. */
type KindRecord = [section: string, isHeading: boolean, heading: string];

/**
 * An entry of a report as it is shown: the number of its kind; the fragment of its address, empty
 * where that is the section's; its text in pieces. Pieces at even places are searched, those
 * between them are only shown.
 */
type EntryRecord = [kind: number, fragment: string, ...pieces: string[]];

/** Characters that become one, those that they become, and what others become. */
type Characters = [single: string, become: string, several: Record<string, string>];

/** What suggestions are made from, and what names are searched in. */
interface Catalogue {
  /** What ends the address of a page. */
  suffix: string;
  regions: Record<string, RegionRecord>;
  agencies: AgencyRecord[];
  years: number[];
  /** The address of the glossary. */
  glossary: string;
  terms: TermRecord[];
}

/** Which reports there are, and what must be known to read lists and texts. */
interface Plan {
  /** For each year the places of its agencies in the catalogue, as ascending numbers. */
  agencies: Record<string, string>;
  /** For each year the title of a report, with slots for agency and year. */
  usual: Record<string, string>;
  /** Titles that are not the usual, by the number of the report. */
  unusual: Record<string, string>;
  alphabet: string;
  kinds: KindRecord[];
  /** So many places of the searched text are one slot; no two units share a slot. */
  slot: number;
  /** For each kind the number of slots that it takes in each report. */
  widths: string[];
  /** The longest gram that has a list. */
  longest: number;
  /** Grams that are in so many places that only their units are listed. */
  common: string[];
  /** The number of files with lists of grams (s) and of single characters (c). */
  shards: { s: number; c: number };
  hash: [factor: number, prime: number];
  /** The number of reports whose texts are in one file. */
  texts: number;
}

/** What is in a file of the search: grams and their lists in turn, or texts of reports, or … */
type DataOf<Name extends string> =
  Name extends "characters" ? Characters
  : Name extends "catalogue" ? Catalogue
  : Name extends "reports" ? Plan
  : Name extends `t${number}` ? EntryRecord[][]
  : Name extends `s${number}` | `c${number}` ? string[]
  : never;

/** A file's data and the build that it belongs to. */
interface Loaded<Data> {
  build: string;
  data: Data;
}

/** A text as it is searched, and for each of its units where the original begins and ends. */
interface Normal {
  text: string;
  starts: number[];
  ends: number[];
}

type Normalise = (text: string) => Normal;
/** A part of a text. */
type Span = [start: number, end: number];
/** A piece of a text, and whether it is marked. */
type Piece = [text: string, isMarked: boolean];

/** A gram that stands at a place of a term. */
interface Gram {
  start: number;
  end: number;
  gram: string;
}

/** How well a term fits each report. */
interface Fit {
  /** The best of all, 0 where the report does not have the term. */
  score: Uint8Array;
  /** What its names, title and regions come to. */
  outside: Uint8Array;
  /** For each report and section in turn, whether its text has the term. */
  inSections: Uint8Array;
}

/** What the index knows of a report before its text is loaded. */
interface ReportHead {
  agency: number;
  year: number;
  slug: string;
  title: string;
}

interface Agency {
  slug: string;
  name: string;
  kind: string;
  /** Short and former names. */
  others: string[];
  /** The region's name. */
  region: string;
  /** The codes of the region and of those above it. */
  regions: string[];
  /** All names as they are searched. */
  names: string[];
}

interface Entry {
  kind: number;
  section: string;
  fragment: string;
  pieces: string[];
  searched: string[];
}

/** A report that has all terms, and the sections that may have them. */
interface Hit {
  report: number;
  score: number;
  sections: string[];
}

interface Found {
  hits: Hit[];
  /** For each term the number of reports that have it. */
  counts: number[];
}

/** The index as it is asked. */
interface SearchIndex {
  reports: ReportHead[];
  agencies: Agency[];
  sections: string[];
  /** The heading of each section. */
  headings: Map<string, string>;
  regions: Map<string, RegionRecord>;
  terms: TermRecord[];
  glossary: string;
  suffix: string;
  normalise: Normalise;
  lineage(code: string): string[];
  search(terms: string[]): Promise<Found>;
  text(report: number): Promise<Entry[]>;
}

type FilterName = "year" | "region" | "agency" | "section" | "kind";

/** What the address of the search page asks for; a filter that is not set is empty. */
interface SearchState extends Record<FilterName, string> {
  q: string;
  sort: "" | "time";
  page: number;
}

/** A filter's values in order, each with the number of reports that it would leave. */
interface Choices {
  total: number;
  counts: Map<string, number>;
  values: string[];
}

interface Suggestion {
  text: string;
  kind: string;
  href: URL;
  /** The name as it is searched. */
  plain: string;
}

type Cells = Pick<HTMLTableCellElement, "rowSpan" | "colSpan" | "textContent">;
/** A table, as far as its printed grid is concerned. */
interface Rows {
  rows: ArrayLike<{ cells: ArrayLike<Cells> }>;
}

/** Properties of an element, and attributes that are no properties. */
type Properties<Name extends keyof HTMLElementTagNameMap> =
  Partial<HTMLElementTagNameMap[Name]> & { [attribute in `aria-${string}`]?: string };

/** load.js */
interface Loading {
  load<Name extends string>(name: Name): Promise<Loaded<DataOf<Name>>>;
  need(...names: string[]): Promise<void[]>;
  pageOf(name: string, suffix: string): URL;
  pin(build: string): void;
  renew(): void;
  take(name: string, build: string, data: unknown): void;
}

/** dom.js */
interface Elements {
  make<Name extends keyof HTMLElementTagNameMap>(
    name: Name, properties: Properties<Name>, ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Name];
  find<Kind extends Element>(
    within: ParentNode, selector: string, kind: { new (): Kind; prototype: Kind },
  ): Kind;
  refill(element: Element, ...children: (Node | string)[]): void;
}

/** portal.js */
interface Tables {
  grid(table: Rows): string[][];
  csv(lines: string[][]): string;
}

/** text.js */
interface Texts {
  normaliser(characters: Characters): Normalise;
  ranges(normal: Normal, terms: string[]): Span[];
  termsOf(query: string, normalise: Normalise): string[];
  marked(pieces: string[], terms: string[], normalise: Normalise): { text: string; marks: Span[] };
  isSearched(place: number): boolean;
  cut(text: string, marks: Span[], from: number, to: number): Piece[];
}

/** search-lists.js */
interface Lists {
  reader(alphabet: string): (code: string) => number[];
  ascending(distances: number[]): number[];
  both(some: number[], others: number[]): number[];
  spread<Member>(list: Member[], count: number): Member[];
  cover(characters: string[], common: Set<string>, longest: number): Gram[];
  fileOf(gram: string, plan: Pick<Plan, "hash" | "shards">): `s${number}` | `c${number}`;
  byGram(data: string[]): Map<string, string>;
}

/** search-state.js */
interface Asking {
  FILTERS: FilterName[];
  NO_FILTERS: Record<FilterName, "">;
  stateOf(address: string): SearchState;
  addressOf(state: SearchState, base: string): URL;
  chosen(index: SearchIndex, state: SearchState, hits: Hit[]): Hit[];
  choicesOf(
    index: SearchIndex, state: SearchState, hits: Hit[], name: FilterName,
  ): Choices | null;
  agenciesNear(index: SearchIndex, terms: string[], query: string, count: number): Agency[];
  summary(query: string, terms: string[], count: number, found: Found): string;
}

/** search-results.js */
interface Results {
  agencyItem(index: SearchIndex, terms: string[], agency: Agency): HTMLElement;
  reportItem(index: SearchIndex, terms: string[], hit: Hit, section: string): HTMLElement;
  meanings(index: SearchIndex, terms: string[]): HTMLElement[];
  ofSection(entries: Entry[], section: string): Entry[];
  bestOf(
    entries: Entry[], terms: string[], normalise: Normalise,
  ): { best: Entry[]; rest: number };
  windowOf(length: number, marks: Span[]): Span;
}

/** What the scripts share; each adds its part to what load.js makes. */
interface Gongkai extends Loading, Elements, Tables, Texts {
  /** suggestions.js */
  suggester(catalogue: Catalogue, normalise: Normalise): (words: string) => Suggestion[];
  /** marks.js */
  mark(article: HTMLElement, query: string): Promise<void>;
  within(spans: Span[], place: number, length: number): Span[];
  lists: Lists;
  /** search-index.js */
  openIndex(): Promise<SearchIndex>;
  Stale: new () => Error;
  asking: Asking;
  results: Results;
}

interface Window {
  gongkai: Gongkai;
}
