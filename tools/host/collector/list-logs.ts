import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { NodeLogs } from '../../platform/node-protocol.ts';
import { mapBounded } from '../map-bounded.ts';
import { isLogPath } from './allowed-paths.ts';
import type { HostRoot } from './open-allowed.ts';

/** Files listed, the latest written first. */
const MAX_LISTED = 5_000;
/** Files looked at while listing: a folder with more is told, not walked for minutes. */
const MAX_SEEN = 100_000;
const MAX_DEPTH = 12;

/** The logs below the folders of logs, the latest written first. Links are not followed. */
export async function listLogs(root: HostRoot, folders: readonly string[]): Promise<NodeLogs> {
  const seen: string[] = [];
  const listed: NodeLogs = { files: [], leftOut: 0, unreadable: 0 };
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(path.join(root.folder, folder), { withFileTypes: true }).catch((error) => {
      if (error.code !== 'ENOENT') listed.unreadable += 1;
      return [] as Dirent[];
    });
    for (const entry of entries) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory() && depth < MAX_DEPTH && isLogPath(`${name}/x`, folders)) await walk(name, depth + 1);
      else if (entry.isFile() && isLogPath(name, folders)) {
        if (seen.length < MAX_SEEN) seen.push(name);
        else listed.leftOut += 1;
      }
    }
  };
  for (const folder of folders) await walk(folder.replace(/\/+$/, ''), 0);
  const found = await mapBounded([...new Set(seen)], async (name) => {
    const info = await lstat(path.join(root.folder, name)).catch(() => null);
    return info?.isFile() && info.size > 0
      ? { path: name, bytes: info.size, modifiedAt: Math.round(info.mtimeMs) }
      : null;
  });
  const files = found.filter((file) => file !== null).sort((a, b) => b.modifiedAt - a.modifiedAt);
  listed.leftOut += Math.max(0, files.length - MAX_LISTED);
  listed.files = files.slice(0, MAX_LISTED);
  return listed;
}
