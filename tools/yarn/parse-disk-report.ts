import type { DiskReport } from './node-facts.ts';

/** What a health report says, without where and when it was said. */
export type DiskStatement = Pick<DiskReport, 'kind' | 'paths' | 'failed' | 'total' | 'thresholdPercent'>;

const MAX_REPORT = 16_384;

/**
 * The parts of a node's health report about local and log directories (`DirectoryCollection` and `LocalDirsHandlerService`):
 * 3.x `1/2 local-dirs usable space is below configured utilization percentage/no more usable space [ /d : used space above
 * threshold of 90.0% ] `, `1/2 local-dirs have errors: [ /d : Directory is not writable: /d ]`; 2.x `1/1 local-dirs are bad:
 * /d; …`, which gives no reason.
 */
export function parseDiskReports(report: string): DiskStatement[] {
  const text = report.slice(0, MAX_REPORT);
  const starts = [...text.matchAll(/(\d{1,4})\/(\d{1,4}) (?:local|log)-dirs\b/g)];
  return starts.flatMap((hit, index) => {
    const piece = text.slice(hit.index, starts[index + 1]?.index ?? text.length);
    const kind = kindOf(piece);
    if (!kind) return [];
    return [
      {
        kind,
        paths: pathsIn(piece),
        failed: Number(hit[1]),
        total: Number(hit[2]),
        thresholdPercent: thresholdIn(piece),
      },
    ];
  });
}

/**
 * One line of `DirectoryCollection`: `Directory /d error, used space above threshold of 90.0%, removing from list of valid
 * directories` (also `free space below limit of 0MB`, `Directory is not writable`); `null` for other lines.
 */
export function parseDirectoryError(message: string): DiskStatement | null {
  const hit = /Directory (\S{1,500}) error, (.{1,500}?),? removing from (?:the )?list of valid directories/.exec(
    message,
  );
  if (!hit?.[1] || hit[2] === undefined) return null;
  const kind = kindOf(hit[2]) ?? 'bad';
  return { kind, paths: [hit[1]], failed: 1, total: 0, thresholdPercent: thresholdIn(hit[2]) };
}

function kindOf(text: string): DiskReport['kind'] | null {
  if (/\bare good\b/.test(text)) return null;
  if (/space above threshold|free space below|usable space is below|no more usable space/i.test(text)) return 'full';
  if (
    /have errors|not writable|not readable|not executable|not a directory|Cannot create|read-only|Input\/output error/i.test(
      text,
    )
  ) {
    return 'bad';
  }
  return /\bare bad\b|failed/i.test(text) ? 'unknown' : null;
}

function pathsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/(?:^|[\s,[:])(\/[^\s,;:\]]{1,500})/g)].map((hit) => hit[1] ?? ''))].slice(
    0,
    32,
  );
}

function thresholdIn(text: string): number | null {
  const hit = /threshold of (\d{1,3}(?:\.\d{1,4})?)\s?%/.exec(text);
  return hit ? Number(hit[1]) : null;
}
