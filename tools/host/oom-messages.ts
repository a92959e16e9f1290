import type { OomConstraint } from './kernel-facts.ts';

/** Numbers of a `Killed process` line, kB turned into bytes. */
export interface KilledMessage {
  pid: number;
  comm: string;
  uid: number | null;
  prefix: 'memcg' | 'global' | null;
  totalVmBytes: number | null;
  anonRssBytes: number | null;
  fileRssBytes: number | null;
  shmemRssBytes: number | null;
  pgtablesBytes: number | null;
  oomScoreAdj: number | null;
}

/** What an `oom-kill:` line (5.0+) says. */
export interface ConstraintMessage {
  constraint: OomConstraint;
  globalOom: boolean;
  oomMemcg: string | null;
  taskMemcg: string | null;
  comm: string;
  pid: number;
  uid: number;
}

const CONSTRAINTS: Readonly<Record<string, OomConstraint>> = {
  CONSTRAINT_NONE: 'none',
  CONSTRAINT_CPUSET: 'cpuset',
  CONSTRAINT_MEMORY_POLICY: 'memory_policy',
  CONSTRAINT_MEMCG: 'memcg',
};

/** A process name has at most 15 bytes (TASK_COMM_LEN - 1). */
const MAX_COMM = 15;

/**
 * `P: Killed process N (c) total-vm:…kB, …` of every kernel since 2.6.32. The name is user-controlled and may hold `)` or
 * a comma; it ends at the last closing bracket before the sizes. Only a message that begins so counts: the same words
 * further inside a line are somebody's text.
 */
export function readKilled(body: string): KilledMessage | null {
  const start = body.indexOf('Killed process ');
  if (start === -1 || start > 120) return null;
  const prefix = body.slice(0, start);
  if (prefix !== '' && !/^[A-Z][A-Za-z ()_]{1,110}: $/.test(prefix)) return null;
  const sizesAt = body.lastIndexOf('total-vm:');
  if (sizesAt === -1) return null;
  const head = /^Killed process (\d{1,10})(?:, UID (\d{1,10}),)? ?\(?/.exec(body.slice(start, sizesAt));
  if (!head) return null;
  const named = body.slice(start + head[0].length, sizesAt);
  const close = named.lastIndexOf(')');
  const tail = close === -1 ? '' : named.slice(close + 1);
  const sizes = body.slice(sizesAt);
  const uid = head[2] ?? /UID (\d{1,10})/.exec(tail)?.[1] ?? /UID:(\d{1,10})/.exec(sizes)?.[1];
  return {
    pid: Number(head[1]),
    comm: (close === -1 ? named : named.slice(0, close)).trim(),
    uid: uid === undefined ? null : Number(uid),
    prefix: prefixOf(prefix),
    totalVmBytes: kilobytes(sizes, 'total-vm'),
    anonRssBytes: kilobytes(sizes, 'anon-rss'),
    fileRssBytes: kilobytes(sizes, 'file-rss'),
    shmemRssBytes: kilobytes(sizes, 'shmem-rss'),
    pgtablesBytes: kilobytes(sizes, 'pgtables'),
    oomScoreAdj: signed(/oom_score_adj:(-?\d{1,5})/.exec(sizes)?.[1]),
  };
}

function prefixOf(text: string): 'memcg' | 'global' | null {
  if (/^Memory cgroup out of memory/i.test(text)) return 'memcg';
  return /^Out of memory/i.test(text) ? 'global' : null;
}

/** `P: Kill process N (c) score S or sacrifice child` (before 5.1): the choice, made before the kill itself. */
export function readChoice(body: string): { pid: number; score: number; prefix: 'memcg' | 'global' | null } | null {
  const chosen =
    /^([A-Z][A-Za-z ()_]{1,110}: )?Kill process (\d{1,10}),? .{0,64}score (\d{1,10}) or sacrifice child/.exec(body);
  return chosen ? { pid: Number(chosen[2]), score: Number(chosen[3]), prefix: prefixOf(chosen[1] ?? '') } : null;
}

function kilobytes(text: string, name: string): number | null {
  const at = text.indexOf(`${name}:`);
  if (at === -1) return null;
  const digits = /^(\d{1,15})kB/.exec(text.slice(at + name.length + 1, at + name.length + 20));
  return digits ? Number(digits[1]) * 1024 : null;
}

function signed(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/**
 * `oom-kill:constraint=…`. Paths and names are user-controlled and may hold `,task_memcg=` or `,pid=1`: of all the ways to
 * cut the line, the one is taken in which the victim's group lies within the full group and the name has a name's length.
 */
export function readConstraint(body: string): ConstraintMessage | null {
  if (!body.startsWith('oom-kill:constraint=')) return null;
  const tail = /,pid=(\d{1,10}),uid=(\d{1,10})$/.exec(body.slice(-40).trimEnd());
  const head = /^oom-kill:constraint=([A-Z_]{1,40}),nodemask=(?:\(null\)|[\d,-]{1,200}),cpuset=/.exec(body);
  if (!tail || !head) return null;
  const constraint = CONSTRAINTS[head[1] ?? ''];
  if (!constraint) return null;
  const middle = body.trimEnd().slice(head[0].length, -tail[0].length);
  const scope = /,mems_allowed=[\d,-]{0,200}?,(global_oom,|oom_memcg=)/.exec(middle);
  if (!scope) return null;
  const globalOom = scope[1] === 'global_oom,';
  const rest = middle.slice(scope.index + scope[0].length);
  const cut = globalOom ? cutGlobal(rest) : cutMemcg(rest);
  if (!cut) return null;
  return { constraint, globalOom, ...cut, pid: Number(tail[1]), uid: Number(tail[2]) };
}

interface Cut {
  oomMemcg: string | null;
  taskMemcg: string | null;
  comm: string;
}

function cutGlobal(rest: string): Cut | null {
  if (!rest.startsWith('task_memcg=')) return null;
  const task = cutTask(rest.slice('task_memcg='.length));
  return task ? { oomMemcg: null, ...task } : null;
}

function cutMemcg(rest: string): Cut | null {
  const separator = ',task_memcg=';
  let first: Cut | null = null;
  for (let at = rest.indexOf(separator), tries = 0; at !== -1 && tries < 16; tries += 1) {
    const oomMemcg = rest.slice(0, at);
    const task = cutTask(rest.slice(at + separator.length));
    if (task) {
      if (isWithin(task.taskMemcg, oomMemcg)) return { oomMemcg, ...task };
      first ??= { oomMemcg, ...task };
    }
    at = rest.indexOf(separator, at + 1);
  }
  return first;
}

function cutTask(rest: string): { taskMemcg: string; comm: string } | null {
  const separator = ',task=';
  for (let at = rest.indexOf(separator), tries = 0; at !== -1 && tries < 16; tries += 1) {
    const comm = rest.slice(at + separator.length);
    if (Buffer.byteLength(comm) <= MAX_COMM) return { taskMemcg: rest.slice(0, at), comm: comm.trim() };
    at = rest.indexOf(separator, at + 1);
  }
  return null;
}

/** True when a group is another one or lies below it. */
export function isWithin(group: string, ancestor: string): boolean {
  if (group === ancestor || ancestor === '/') return true;
  return group.startsWith(ancestor.endsWith('/') ? ancestor : `${ancestor}/`);
}

/** `Task in A killed as a result of limit of B` (before 5.0); both paths may hold blanks. */
export function readLimitSentence(body: string): { taskMemcg: string; oomMemcg: string } | null {
  if (!body.startsWith('Task in ')) return null;
  const middle = ' killed as a result of limit of ';
  for (let at = body.indexOf(middle), tries = 0; at !== -1 && tries < 8; tries += 1) {
    const taskMemcg = body.slice('Task in '.length, at);
    const oomMemcg = body.slice(at + middle.length).trimEnd();
    if (taskMemcg.startsWith('/') && isWithin(taskMemcg, oomMemcg)) return { taskMemcg, oomMemcg };
    at = body.indexOf(middle, at + 1);
  }
  return null;
}

/** `X invoked oom-killer: gfp_mask=0x…(FLAGS), [nodemask=…, ]order=N, oom_score_adj=A`. */
export function readInvoker(
  body: string,
): { comm: string; gfpMask: string; gfpFlags: string; order: number | null; oomScoreAdj: number | null } | null {
  const at = body.indexOf(' invoked oom-killer: ');
  if (at === -1 || at > 64) return null;
  const rest = body.slice(at);
  const mask = /gfp_mask=(0x[0-9a-fA-F]{1,16})(?:\(([^)]{0,600})\))?/.exec(rest);
  if (!mask) return null;
  return {
    comm: body.slice(0, at).trim(),
    gfpMask: mask[1] ?? '',
    gfpFlags: mask[2] ?? '',
    order: signed(/order=(-?\d{1,3})/.exec(rest)?.[1]),
    oomScoreAdj: signed(/oom_(?:score_)?adj=(-?\d{1,5})/.exec(rest)?.[1]),
  };
}

/** An unlimited group prints a limit near 2^63 bytes (9007199254740988kB with 4 KiB pages, less with larger ones). */
const UNLIMITED_KB = 2 ** 52;

/** `memory: usage …kB, limit …kB, failcnt …`. */
export function readUsage(body: string): {
  what: 'memory' | 'memory+swap' | 'swap' | 'kmem';
  usageBytes: number;
  limitBytes: number | null;
  failcnt: number;
} | null {
  const parts =
    /^(memory\+swap|memory|swap|kmem): usage (\d{1,18})kB, limit (\d{1,18})kB, failcnt (\d{1,18})\s{0,4}$/.exec(body);
  if (!parts) return null;
  const limit = Number(parts[3]);
  return {
    what: parts[1] as 'memory' | 'memory+swap' | 'swap' | 'kmem',
    usageBytes: Number(parts[2]) * 1024,
    limitBytes: limit >= UNLIMITED_KB ? null : limit * 1024,
    failcnt: Number(parts[4]),
  };
}

/** `Memory cgroup stats for P:` and, before 5.0, the values of that group on the same line in KB. */
export function readStatsHeader(body: string): { group: string; values: Map<string, number> } | null {
  const head = 'Memory cgroup stats for ';
  const at = body.startsWith(head) ? 0 : -1;
  if (at === -1) return body.startsWith('Memory cgroup stats:') ? { group: '', values: inlineStats(body) } : null;
  const rest = body.slice(head.length);
  const inline = /: ?(?=[a-z_]{2,40}:\d{1,18}KB)/.exec(rest);
  if (inline) return { group: rest.slice(0, inline.index), values: inlineStats(rest.slice(inline.index)) };
  const group = rest.trimEnd();
  return { group: group.endsWith(':') ? group.slice(0, -1) : group, values: new Map() };
}

function inlineStats(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const match of text.slice(0, 2000).matchAll(/([a-z_]{2,40}):(\d{1,18})KB/g)) {
    values.set(match[1] ?? '', Number(match[2]) * 1024);
  }
  return values;
}

/** One `name value` line of the statistics of 5.0 and later. */
export function readStatLine(body: string): { name: string; value: number } | null {
  const parts = /^([a-z][a-z0-9_]{1,60}) (\d{1,20})\s{0,4}$/.exec(body);
  return parts ? { name: parts[1] ?? '', value: Number(parts[2]) } : null;
}
