import type { Resources } from './resources.ts';

const MIB = 1 << 20;
const PREFIXES = 'KMGTPE';

/** A size as Hadoop's `TraditionalBinaryPrefix` prints it: `813.0 MB`, `4 GB`, `512 B`; `null` when it is none. */
export function parseHadoopSize(text: string): number | null {
  const hit = /^(\d{1,18}(?:\.\d{1,6})?)\s?([KMGTPE]?)i?B?$/i.exec(text.trim());
  if (!hit) return null;
  const power = hit[2] ? PREFIXES.indexOf(hit[2].toUpperCase()) + 1 : 0;
  return Math.round(Number(hit[1]) * 1024 ** power);
}

/** `<memory:2048, vCores:1>` (MiB; more resource kinds may follow) as resources; `null` when the text holds none. */
export function parseResources(text: string): Resources | null {
  const hit = /<memory:\s?(\d{1,15}),\s?(?:max memory:\s?\d{1,15},\s?)?vCores:\s?(\d{1,10})/i.exec(text);
  return hit ? { memoryBytes: Number(hit[1]) * MIB, vcores: Number(hit[2]) } : null;
}

/** The largest heap a Java command line allows, in bytes: the last `-Xmx` counts. */
export function parseMaxHeap(command: string): number | null {
  const last = [...command.matchAll(/-Xmx(\d{1,15})([kKmMgGtT]?)\b/g)].at(-1);
  if (!last) return null;
  const power = last[2] ? 'KMGT'.indexOf(last[2].toUpperCase()) + 1 : 0;
  return Number(last[1]) * 1024 ** power;
}
