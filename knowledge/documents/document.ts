/** How a document was written; decides what reads it. */
export type DocumentFormat = 'markdown' | 'html' | 'pdf' | 'text';

/** What a document says about itself in its front matter; what it does not say is empty. */
export interface DocumentMeta {
  /** The title in each language; a title without a language stands under the language it is written in. */
  title: { en: string | null; zh: string | null };
  /** Root-cause codes it is about. Words that are no code of the catalogue are left out and reported. */
  codes: readonly string[];
  /** Areas of the platform, such as `yarn`. */
  areas: readonly string[];
  /** Versions it was written for, by engine: `{ spark: '2.4–4.0' }`. */
  engines: Readonly<Record<string, string>>;
  /** What people say when they have the trouble it is about. */
  symptoms: { en: readonly string[]; zh: readonly string[] };
  owner: string | null;
  /** The day it was last held against reality, `YYYY-MM-DD`. */
  reviewed: string | null;
  /** Who may read it: `everyone` or names of groups. Never empty. */
  audience: readonly string[];
}

/** One piece of a document under one heading (or one page, where it has no headings). */
export interface Section {
  /** The anchor that opens it in the document, as GitHub makes it; empty for what stands before the first heading. */
  anchor: string;
  /** The headings above and of it, outermost first. */
  headingPath: readonly string[];
  /** The page it begins on, counted from 1; null where there are no pages. */
  page: number | null;
  /** Its own text without the sections below it, as a reader sees it: code kept, markup gone, hidden text left out. */
  text: string;
}

/** A document as read, before it is cut into chunks. */
export interface Document {
  format: DocumentFormat;
  meta: DocumentMeta;
  sections: readonly Section[];
  /** What could not be read or was left out, one line each, such as "page 3 holds an image only". */
  notes: readonly string[];
}

/** A document, or one sentence on why it cannot be read. */
export type ReadDocument = { document: Document; failed?: undefined } | { failed: string; document?: undefined };
