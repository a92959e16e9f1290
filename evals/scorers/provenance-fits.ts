import type { Provenance } from '../../knowledge/provenance.ts';
import type { SourceText } from './sources/source-text.ts';

/** A line of the kernel's own log, as `dmesg` or a system logger writes it. */
const KERNEL_LINE = /^(?:<\d{1,3}>)?(?:\[ {0,12}\d{1,12}\.\d{1,9}\]|.{0,80}\bkernel: )/;
/** Files that the kernel itself answers, on whatever host, in whatever sample. */
const KERNEL_FILE = /^hosts\/[^/]{1,255}\/(?:@[^/]{1,40}\/)?(?:proc|sys)\//;
const HEAD_BYTES = 64 << 10;

/** Who may have written what a service answers, by its kind. What is not listed may be anybody's (metrics of all, for one). */
const WRITERS: Readonly<Record<string, readonly Provenance[]>> = {
  // Its `diagnostics` hand on what an ApplicationMaster, a program in it or a NodeManager said.
  'yarn-rm': ['resource_manager', 'engine', 'user_process', 'node_manager'],
  'yarn-nm': ['node_manager', 'engine', 'jvm', 'user_process'],
  'spark-driver': ['engine'],
  'spark-master': ['engine'],
  'spark-history': ['engine'],
  'hdfs-namenode': ['storage'],
  'hdfs-datanode': ['storage'],
  'celeborn-master': ['shuffle_service'],
  'celeborn-worker': ['shuffle_service'],
  'alluxio-master': ['cache'],
  'alluxio-worker': ['cache'],
  'alluxio-fuse': ['cache'],
  flink: ['engine', 'user_process', 'jvm'],
  airflow: ['workflow_engine', 'user_process', 'engine', 'jvm'],
  kubernetes: ['kubernetes', 'cache'],
};

/** Words that the first lines of a daemon's own log hold, where a log proves something by who wrote it. */
const DAEMONS: Partial<Record<Provenance, RegExp>> = {
  resource_manager: /server\.resourcemanager|ResourceManager/,
  node_manager: /server\.nodemanager|NodeManager/,
};

/**
 * Whether a piece of evidence can have been written by whom it says: told by the name of the source and by what it holds, never by what the product
 * thinks of it. A kernel line inside a job's own output was written by the job.
 */
export function provenanceFits(provenance: Provenance, source: string, text: SourceText, lines: string): boolean {
  const isAskers = /^(?:attach:|user\/)/.test(source);
  if (isAskers || provenance === 'asker') return isAskers && provenance === 'asker';
  if (source.startsWith('http/')) {
    const kind = (source.split('/')[1] ?? '').replace(/@.{0,300}$/, '');
    return WRITERS[kind]?.includes(provenance) ?? true;
  }
  const isKernelFile = KERNEL_FILE.test(source);
  if (provenance !== 'kernel') return !isKernelFile && (DAEMONS[provenance]?.test(headOf(text)) ?? true);
  return isKernelFile || (isKernelLog(text) && KERNEL_LINE.test(lines));
}

function headOf(text: SourceText): string {
  return text.bytes.toString('utf8', 0, HEAD_BYTES);
}

/** Most lines of it are the kernel's: a job that prints one such line writes no kernel log. */
function isKernelLog(text: SourceText): boolean {
  const head = headOf(text)
    .split('\n', 200)
    .filter((line) => line.trim() !== '');
  return head.filter((line) => KERNEL_LINE.test(line)).length > head.length / 2;
}
