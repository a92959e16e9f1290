import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { HOST_PLACE, isHostName } from './hosts-of-cluster.ts';
import type { PlatformFile } from './platform.ts';
import { walkHostRoot } from './walk-capture.ts';

/** Hosts side by side: a root may lie on a slow network mount. */
const AT_A_TIME = 8;

/**
 * The files of every host whose root folder a template names (`/mnt/{host}`, `/mnt/{host}/root`): hosts that lie there, and those of
 * the cluster, whose folders an automounter makes only when they are asked for.
 */
export async function walkHostRoots(
  template: string,
  hosts: readonly string[],
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const found = await rootsOf(template, hosts);
  const files: PlatformFile[] = [];
  const skipped: Bilingual[] = [];
  for (let from = 0; from < found.length; from += AT_A_TIME) {
    const some = found.slice(from, from + AT_A_TIME);
    const walked = await Promise.all(some.map(({ host, root }) => walkHostRoot(root, host)));
    walked.forEach((one, at) => {
      files.push(...one.files);
      skipped.push(
        ...one.skipped.map(({ en, zh }) => ({ en: `${some[at]?.host}: ${en}`, zh: `${some[at]?.host}：${zh}` })),
      );
    });
  }
  return { files, skipped };
}

/** The folder that the hosts' folders lie in. */
export function folderOfHosts(template: string): string {
  return path.dirname(`${template.slice(0, template.indexOf(HOST_PLACE))}x`);
}

async function rootsOf(template: string, hosts: readonly string[]): Promise<{ host: string; root: string }[]> {
  const folder = folderOfHosts(template);
  const [segment = HOST_PLACE] = template.slice(folder === '/' ? 1 : folder.length + 1).split('/');
  const [before = '', after = ''] = segment.split(HOST_PLACE);
  const listed = (await readdir(folder).catch(() => []))
    .filter((name) => name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after))
    .map((name) => name.slice(before.length, name.length - after.length));
  const names = [...new Set([...listed, ...hosts])].filter(isHostName).sort();
  const roots = await Promise.all(
    names.map(async (host) => {
      const root = template.replaceAll(HOST_PLACE, host);
      const info = await stat(root).catch(() => null);
      return info?.isDirectory() ? [{ host, root }] : [];
    }),
  );
  return roots.flat();
}
