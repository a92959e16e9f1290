import type { Quote } from '../evidence/quote.ts';
import type { OomReport } from './kernel-facts.ts';

const KIB = 1024;
const MAX_ZONES = 256;

/**
 * The `Mem-Info` part of a dump of a host-wide shortage: free memory of each zone against its marks, RAM and swap in sum.
 * It decides whether memory was really used up.
 */
export function readMemInfo(line: { body: string; quote: Quote }, report: OomReport | null): boolean {
  if (!report) return line.body.startsWith('Mem-Info:');
  return readZone(line, report) || readTotals(line.body, report);
}

function readZone(line: { body: string; quote: Quote }, report: OomReport): boolean {
  const head =
    /^Node (\d{1,4}) (\w{1,12}) free:(\d{1,15})kB (?:boost:\d{1,15}kB )?min:(\d{1,15})kB low:(\d{1,15})kB high:(\d{1,15})kB/.exec(
      line.body,
    );
  if (!head) return false;
  const managed = /managed:(\d{1,15})kB/.exec(line.body.slice(0, 2000));
  if (report.zones.length < MAX_ZONES) {
    report.zones.push({
      node: Number(head[1]),
      name: head[2] ?? '',
      freeBytes: Number(head[3]) * KIB,
      minBytes: Number(head[4]) * KIB,
      lowBytes: Number(head[5]) * KIB,
      highBytes: Number(head[6]) * KIB,
      managedBytes: managed ? Number(managed[1]) * KIB : null,
      quote: line.quote,
    });
  }
  return true;
}

function readTotals(body: string, report: OomReport): boolean {
  if (body.startsWith('Mem-Info:')) return true;
  const ram = /^(\d{1,12}) pages RAM$/.exec(body.trimEnd());
  if (ram) {
    report.ramPages = Number(ram[1]);
    return true;
  }
  const swap = /^(Free|Total) swap {1,3}= (\d{1,15})kB/.exec(body);
  if (!swap) return false;
  if (swap[1] === 'Free') report.swapFreeBytes = Number(swap[2]) * KIB;
  else report.swapTotalBytes = Number(swap[2]) * KIB;
  return true;
}
