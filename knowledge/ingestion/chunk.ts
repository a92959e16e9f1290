/**
 * One row of the index: a piece of one section, small enough to be a passage. Every piece of a section carries the
 * section's anchor and heading path, so that a hit opens where it stands. The table adds the two columns of
 * `indexed-columns.ts`, and `vector` where embeddings are configured.
 */
export interface Chunk {
  /** `<documentId>#<position>`. */
  id: string;
  /** `<collection>/<path inside it>`: the built-in runbooks are the collection `built-in`. */
  documentId: string;
  collection: string;
  /** File name without its ending: what a citation calls the runbook. */
  runbook: string;
  /** Both titles, one after the other; the file's name where it has none. */
  title: string;
  /** Anchor of the section. */
  section: string;
  /** Heading path below the title, joined by ` › `. */
  heading: string;
  /** Page the piece begins on; 0 where there are no pages. */
  page: number;
  /** Ordinal of the piece in its document, from 0: neighbours are `position ± 1`. */
  position: number;
  /** The passage as a person reads it. */
  text: string;
  /** Symptoms of the front matter in both languages, one a line: searched with every piece of the document. */
  symptoms: string;
  codes: string[];
  areas: string[];
  audience: string[];
  /** Versions as written, by engine, as JSON. */
  engines: string;
  /** Version of the document: the commit of its git checkout, else `sha256:` and twelve digits of its content. */
  version: string;
  /** What opens it: a link of the collection's `url` setting, else the path relative to where people stand. */
  url: string;
  owner: string;
  reviewed: string;
}
