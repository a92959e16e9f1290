import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { FileSystemUse, HostDiskFacts } from '../host-disk-facts.ts';
import { diskEvidence, isInDiskWindow } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/** File systems that are always full by their nature, and places no job writes to. */
const READ_ONLY_TYPES = /^(?:\/dev\/loop\d{1,4}|squashfs|overlay-ro|udev|devtmpfs|none|efivarfs|cgroup.*)$/;
const NO_WORK_PLACE = /^\/(?:snap|boot|sys|proc|dev(?!\/shm)|media|mnt\/cdrom|var\/lib\/snapd)(?:\/|$)/;

/** A local file system without a free block or inode. */
export const diskFull: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/disk-full',
  area: 'storage',
  codes: ['storage.disk_full_local'],
  apply(hosts) {
    return hosts.flatMap((facts) => {
      const full = new Map<string, { use: FileSystemUse; at: number | null }>();
      for (const { at, rows } of facts.fileSystems) {
        if (!isInDiskWindow(at, facts)) continue;
        for (const use of rows) if (isFull(use)) full.set(`${use.unit} ${use.path}`, { use, at });
      }
      return [...full.values()].map(({ use, at }) => toFinding(facts, use, at));
    });
  },
};

function isFull(use: FileSystemUse): boolean {
  if (NO_WORK_PLACE.test(use.path) || (READ_ONLY_TYPES.test(use.device) && isImage(use))) return false;
  if (use.total === null || use.total <= 0) return false;
  return use.available === null ? (use.usedPercent ?? 0) >= STORAGE_THRESHOLDS.fullPercent : use.available <= 0;
}

/** An image mounted read-only has no reserve: used equals total. A full disk of ext4 keeps some blocks for root. */
function isImage(use: FileSystemUse): boolean {
  return !use.device.startsWith('/dev/loop') || (use.used !== null && use.used === use.total);
}

function toFinding(facts: HostDiskFacts, use: FileSystemUse, at: number | null): Finding {
  const inodes = use.unit === 'inodes';
  const size = inodes ? String(use.total ?? 0) : bytes(use.total ?? 0);
  const provenance = facts.kernelProvenance === 'asker' ? 'asker' : 'storage';
  const device = use.device.startsWith('/dev/') ? use.device.slice('/dev/'.length) : null;
  return {
    area: 'storage',
    rule: diskFull.id,
    kind: 'observed',
    code: 'storage.disk_full_local',
    statement: inodes
      ? {
          en: `${use.path}${facts.host ? ` on ${facts.host}` : ''} has no free inode left (${size} in all)`,
          zh: `${facts.host ? `${facts.host} 上的 ` : ''}${use.path} 已没有空闲 inode（共 ${size} 个）`,
        }
      : {
          en: `${use.path}${facts.host ? ` on ${facts.host}` : ''} is full: nothing of its ${size} is available`,
          zh: `${facts.host ? `${facts.host} 上的 ` : ''}${use.path} 已写满：${size} 全部用尽`,
        },
    keys: { ...(facts.host === null ? {} : { host: facts.host }), path: use.path, ...(device ? { device } : {}) },
    at,
    evidence: diskEvidence([use.quote], at, provenance),
    count: 1,
    weight: 1,
    values: {
      path: use.path,
      unit: use.unit,
      available: use.available ?? 0,
      ...(use.total === null ? {} : { total: use.total }),
      ...(use.usedPercent === null ? {} : { usedPercent: use.usedPercent }),
    },
  };
}
