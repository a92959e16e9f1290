import type { TextRecord } from '../evidence/text-record.ts';
import type { HdfsEvent, HdfsFacts, SafeModeReason } from './hdfs-facts.ts';

/** Facts with what NameNode, DataNode and audit logs tell, in the order of time; records of other writers are passed over. */
export function mergeHdfsRecords(facts: HdfsFacts, records: readonly TextRecord[]): HdfsFacts {
  const events = records.flatMap((record) => (record.provenance === 'storage' ? (eventOf(record) ?? []) : []));
  return { ...facts, events: [...facts.events, ...events].sort((a, b) => (a.at ?? 0) - (b.at ?? 0)) };
}

function eventOf(record: TextRecord): HdfsEvent | null {
  if (record.writer === 'namenode') return ofNameNode(record);
  if (record.writer === 'hdfs_audit') return ofAudit(record);
  return record.writer === 'datanode' ? ofDataNode(record) : null;
}

/** `BlockManagerSafeMode`, `FSNamesystem`, `NameNodeResourceChecker` (2.7 to 3.4). */
function ofNameNode(record: TextRecord): HdfsEvent | null {
  const { at, text } = record;
  if (/STATE\* (?:Leaving safe mode|Safe mode is OFF)/.test(text)) return { kind: 'safe_mode_off', at, record };
  if (/STATE\* Safe mode (?:is )?ON/.test(text)) return { kind: 'safe_mode_on', why: safeModeReason(text), at, record };
  const low =
    /Space available on volume '(?<path>[^'\n]{1,400})' is \d{1,20}, which is below the configured reserved amount/.exec(
      text,
    );
  if (low) return { kind: 'low_on_disk', path: low.groups?.path ?? null, at, record };
  return /NameNode low on available disk space/.test(text) ? { kind: 'low_on_disk', path: null, at, record } : null;
}

/** Why a NameNode is in safe mode, by the words of `getTurnOffTip` (2.7 to 3.4). */
export function safeModeReason(text: string): SafeModeReason {
  if (/turned on manually/.test(text)) return 'manual';
  if (/[Rr]esources are low on NN/.test(text)) return 'low_resources';
  if (/number of live datanodes \d{1,9} (?:needs an additional|is below)/.test(text)) return 'datanodes_not_reported';
  if (/reported blocks|needs additional \d{1,18} blocks|safe mode extension/.test(text)) return 'blocks_not_reported';
  return 'unknown';
}

function ofAudit(record: TextRecord): HdfsEvent | null {
  const { at, text } = record;
  const call = /\bcmd=safemode_(?<what>enter|leave|force_exit)\b/.exec(text);
  const user = /\bugi=(?<user>[\w.$@/-]{1,200})/.exec(text)?.groups?.user;
  if (!call || !user || !/\ballowed=true\b/.test(text)) return null;
  const fromAddress = /\bip=\/?(?<ip>[\w.:-]{1,100})/.exec(text)?.groups?.ip ?? null;
  return { kind: 'safe_mode_call', enter: call.groups?.what === 'enter', user, fromAddress, at, record };
}

/** `BlockReceiver` (2.6 to 3.4): `Slow BlockReceiver write data to disk cost:1234ms (threshold=300ms), volume=file:/data1/dn/, …`. */
const SLOW =
  /Slow (?<what>BlockReceiver write data to disk|flushOrSync|manageWriterOsCache|BlockReceiver write packet to mirror)[^\n]{0,40}?(?:cost:|took )(?<ms>\d{1,12}) ?ms(?<rest>[^\n]{0,600})/;

function ofDataNode(record: TextRecord): HdfsEvent | null {
  const slow = SLOW.exec(record.text);
  const host = record.keys.host ?? /^hosts\/([^/]{1,255})\//.exec(record.quote.source)?.[1];
  if (!slow?.groups?.ms || host === undefined) return null;
  return {
    kind: 'slow_write',
    host,
    where: slow.groups.what?.includes('mirror') ? 'network' : 'disk',
    durationMs: Number(slow.groups.ms),
    path: /volume=(?:file:)?(\/[^\s,]{1,400})/.exec(slow.groups.rest ?? '')?.[1] ?? null,
    at: record.at,
    record,
  };
}
