import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Connection, connect, type Table } from '@lancedb/lancedb';

/** Where an index lies: a folder, or `s3://bucket/path` (`gs://`, `az://`) with what its store needs. */
export interface IndexLocation {
  uri: string;
  /** Options of the object store, such as `awsEndpoint`; those not given come from its usual environment variables. */
  storageOptions?: Record<string, string>;
}

/** There is no index at this place (yet). */
export class NoIndexError extends Error {}

/** Whether a location is a folder of this machine. */
export function isFolder({ uri }: IndexLocation): boolean {
  return !/^[a-z0-9+]+:\/\//i.test(uri);
}

/** Opens the store of an index; a folder need not be there. */
export async function connectIndex(location: IndexLocation): Promise<Connection> {
  const uri = isFolder(location) ? path.resolve(location.uri) : location.uri;
  return await connect(uri, location.storageOptions ? { storageOptions: location.storageOptions } : {});
}

/** A table, or null where there is none: never made, or its writer was killed before the first commit. */
export async function tableOrNull(db: Connection, location: IndexLocation, name: string): Promise<Table | null> {
  if (isFolder(location) && !existsSync(path.join(location.uri, `${name}.lance`))) return null;
  try {
    return await db.openTable(name);
  } catch (error) {
    if (error instanceof Error && /not found|does not exist/i.test(error.message)) return null;
    throw error;
  }
}
