import path from 'node:path';

/** A team's folder of documents (or its git checkout). */
export interface Collection {
  /** Stands in front of the paths of its documents; letters, digits, `-`, `_` and `.`. */
  name: string;
  folder: string;
  /** Address under which people open its files, such as a wiki or a forge; without it citations carry the path. */
  url?: string | null;
  /** Who may read documents that do not say so themselves; `everyone` when absent. */
  audience?: readonly string[];
}

/** The collection of the runbooks that come with the product. */
export const BUILT_IN = 'built-in';

/** Where the runbooks that come with the product lie. */
export const BUILT_IN_FOLDER = path.join(import.meta.dirname, '..', 'runbooks');

/** The built-in runbooks as a collection; they say themselves who may read them. */
export const BUILT_IN_COLLECTION: Collection = { name: BUILT_IN, folder: BUILT_IN_FOLDER };

/**
 * What opens a document: under the collection's address, else as a path from where the command runs (whole where the
 * document lies elsewhere).
 */
export function urlOf(collection: Collection, relative: string): string {
  if (collection.url) {
    const encoded = relative.split('/').map(encodeURIComponent).join('/');
    return `${collection.url.replace(/\/+$/, '')}/${encoded}`;
  }
  const file = path.resolve(collection.folder, relative);
  const fromHere = path.relative(process.cwd(), file);
  return fromHere.startsWith('..') || path.isAbsolute(fromHere) ? file : fromHere.split(path.sep).join('/');
}
