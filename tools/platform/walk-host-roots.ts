import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { count, plural, were } from '../evidence/spoken-figures.ts';
import { HOST_PLACE, isHostName } from './hosts-of-cluster.ts';
import type { PlatformFile } from './platform.ts';
import { walkHostRoot } from './walk-capture.ts';

/** Files of all hosts together; the hosts behind are told. */
const MAX_FILES = 200_000;
/** Hosts named in a note; the others are counted. */
const NAMED = 3;
/** Hosts side by side: a root may lie on a slow network mount. */
const AT_A_TIME = 8;

/**
 * The files of every host whose root folder a template names (`/mnt/{host}`, `/mnt/{host}/root`): hosts that lie there, and those of
 * the cluster, whose folders an automounter makes only when they are asked for. Hosts of the cluster without a folder, and those
 * behind the limit, are told.
 *
 * @param maxFiles of all hosts together; the host that goes beyond is read to its own end
 */
export async function walkHostRoots(
  template: string,
  hosts: readonly string[],
  maxFiles = MAX_FILES,
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const found = await rootsOf(template, hosts);
  const files: PlatformFile[] = [];
  const having = new Set(found.map(({ host }) => host));
  const skipped = withoutFolder(hosts.filter((host) => !having.has(host)));
  for (let from = 0; from < found.length; from += AT_A_TIME) {
    if (files.length >= maxFiles) {
      skipped.push(notWalked(found.length - from));
      break;
    }
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

function withoutFolder(hosts: readonly string[]): Bilingual[] {
  if (hosts.length === 0) return [];
  const more = hosts.length > NAMED;
  const named = hosts.slice(0, NAMED);
  return [
    {
      en: `no root folder was found for ${plural(hosts.length, 'host')} of the cluster (${named.join(', ')}${more ? ', …' : ''})`,
      zh: `集群中有 ${count(hosts.length)} 台主机没有找到根目录（${named.join('、')}${more ? ' 等' : ''}）`,
    },
  ];
}

function notWalked(hosts: number): Bilingual {
  return {
    en: `${plural(hosts, 'host')} ${were(hosts)} not read: the folders of the others hold too many files`,
    zh: `有 ${count(hosts)} 台主机未读取：其他主机的目录文件过多`,
  };
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
