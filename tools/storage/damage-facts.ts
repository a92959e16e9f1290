import type { Evidence } from '../evidence/evidence.ts';
import type { TextRecord } from '../evidence/text-record.ts';
import type { HostDiskFacts } from './host-disk-facts.ts';

/** Data that was read back other than it was written, and the host whose disk it lay on. */
export interface Damage {
  host: string;
  at: number | null;
  /** What was read in place of data is zero bytes: the sign of a lost write within a block. */
  zeros: boolean;
  evidence: Evidence;
}

/** What is judged together: the hosts with their kernels and file systems, and the damage seen on any of them. */
export interface DamageCase {
  hosts: readonly HostDiskFacts[];
  damages: readonly Damage[];
}

/** A checksum that did not match on the way is the network's; the diagnosis of the engine says which (Spark 3.2 and later). */
const ON_THE_WAY = /NETWORK_ISSUE|CHECKSUM_VERIFY_PASS|checksum verification passed/;

/** Who held the bytes, as Spark names it; a DataNode speaks of its own. */
const BLOCK_MANAGER = /BlockManagerId\([^,\n]{1,40}, (?<host>[\w.-]{1,253}),/;
const DAMAGED =
  /is corrupted due to DISK_ISSUE|Stream is corrupted|Checksum not equal|Found Checksum error for|Reporting the block \S{1,120} as corrupt|VolumeScanner[^\n]{0,200}bad block|Reporting bad BP-|Expected magic number at tail, but found/;
const ZEROS = /but found \[0, 0, 0, 0\]|zero(?:ed)? bytes|actual: 0\b/;

/** Damage told by records of engines and DataNodes; what names no host that held the data is left out. */
export function damagesOf(records: readonly TextRecord[]): Damage[] {
  return records.flatMap((record): Damage[] => {
    const { text, writer } = record;
    if (!DAMAGED.test(text) || ON_THE_WAY.test(text) || record.provenance === 'user_process') return [];
    const named = BLOCK_MANAGER.exec(text)?.groups?.host;
    const host = writer === 'datanode' ? record.keys.host : named;
    if (host === undefined) return [];
    const evidence = { ...record.quote, area: 'storage' as const, provenance: record.provenance, at: record.at };
    return [{ host, at: record.at, zeros: ZEROS.test(text), evidence }];
  });
}
