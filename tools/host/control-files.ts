/** Names of control files that are read, by controller. Names are the kernel's (cgroup v1, v2, vendor kernels: C2, C3). */
const NAMES = [
  // memory, version 1
  'memory.usage_in_bytes',
  'memory.limit_in_bytes',
  'memory.max_usage_in_bytes',
  'memory.failcnt',
  'memory.soft_limit_in_bytes',
  'memory.memsw.usage_in_bytes',
  'memory.memsw.limit_in_bytes',
  'memory.memsw.max_usage_in_bytes',
  'memory.memsw.failcnt',
  'memory.kmem.usage_in_bytes',
  'memory.kmem.limit_in_bytes',
  'memory.kmem.failcnt',
  'memory.oom_control',
  'memory.use_hierarchy',
  'memory.stat',
  // memory, version 2
  'memory.current',
  'memory.peak',
  'memory.min',
  'memory.low',
  'memory.high',
  'memory.max',
  'memory.oom.group',
  'memory.events',
  'memory.events.local',
  'memory.swap.current',
  'memory.swap.max',
  'memory.swap.events',
  'memory.pressure',
  // memory, vendor kernels
  'memory.priority',
  'memory.use_priority_oom',
  'memory.wmark_ratio',
  'memory.wmark_high',
  'memory.wmark_low',
  'memory.wmark_min_adj',
  'memory.exstat',
  'memory.qos_level',
  'memory.sli',
  'cpu.sli',
  'memory.direct_reclaim_global_latency',
  'memory.direct_reclaim_memcg_latency',
  'memory.direct_compact_latency',
  'memory.direct_swapout_global_latency',
  'memory.direct_swapout_memcg_latency',
  'memory.direct_swapin_latency',
  // cpu
  'cpu.stat',
  'cpu.cfs_quota_us',
  'cpu.cfs_period_us',
  'cpu.shares',
  'cpu.max',
  'cpu.weight',
  'cpu.pressure',
  'cpu.bvt_warp_ns',
  'cpu.identity',
  'cpu.wait_latency',
  'cpu.ioblock_latency',
  'cpuacct.usage',
  'cpuacct.stat',
  // pids
  'pids.max',
  'pids.current',
  'pids.events',
  // block I/O
  'blkio.throttle.read_bps_device',
  'blkio.throttle.write_bps_device',
  'blkio.throttle.read_iops_device',
  'blkio.throttle.write_iops_device',
  'blkio.throttle.io_service_bytes',
  'blkio.throttle.io_serviced',
  'io.max',
  'io.stat',
  'io.pressure',
  // processes
  'cgroup.procs',
] as const;

/** The kernel's own files whose names go on behind one of ours: other controls, never a copy (6.18 and older; TencentOS). */
const OTHER_FILES =
  /^(?:cpuacct\.usage_(?:all|sys|user|percpu(?:_sys|_user)?)|cpu\.stat\.local|cpu\.max\.burst|cpu\.weight\.nice|pids\.events\.local|memory\.high_async_\w{1,40}|blkio\.throttle\.io_service(?:_bytes|d)_recursive)$/;

const BY_LENGTH = [...NAMES].sort((a, b) => b.length - a.length);
const EXACT: ReadonlySet<string> = new Set(NAMES);

/** A control file, or a copy of one saved beside it under a longer name (`cpu.stat.after-run2`, `memory.failcnt.during`). */
export interface ControlFileName {
  name: string;
  /** What was added to the kernel's name; `''` for the file itself. */
  copy: string;
}

/** Recognises a control file by its name; `null` for anything else. */
export function controlFileName(base: string): ControlFileName | null {
  if (EXACT.has(base)) return { name: base, copy: '' };
  if (OTHER_FILES.test(base)) return null;
  const name = BY_LENGTH.find((known) => base.startsWith(known) && /^[.~@_-]/.test(base.slice(known.length)));
  return name ? { name, copy: base.slice(name.length + 1) } : null;
}

const CONTROLLERS_V1 = new Set([
  'memory',
  'cpu',
  'cpuacct',
  'cpu,cpuacct',
  'cpuacct,cpu',
  'cpuset',
  'blkio',
  'pids',
  'devices',
  'freezer',
  'net_cls',
  'net_prio',
  'net_cls,net_prio',
  'net_prio,net_cls',
  'perf_event',
  'hugetlb',
  'rdma',
  'misc',
  'systemd',
]);

/** A file's group as the kernel names it, and the hierarchy it was found in. */
export interface GroupPlace {
  path: string;
  version: 1 | 2 | null;
}

/**
 * Takes the mount point off a folder: `/sys/fs/cgroup/memory/a/b` and `/cgroup/memory/a/b` are `/a/b` of version 1,
 * `/sys/fs/cgroup/a/b` and `/sys/fs/cgroup/unified/a/b` are `/a/b` of version 2. A folder that lies under no such mount
 * (a copy made somewhere) keeps its own path.
 */
export function placeGroup(folder: string): GroupPlace {
  const parts = folder.split('/').filter((part) => part !== '');
  const root = parts.findIndex((part) => part === 'cgroup' || part === 'cgroups');
  if (root === -1) return { path: `/${parts.join('/')}`, version: null };
  const below = parts.slice(root + 1);
  if (CONTROLLERS_V1.has(below[0] ?? '')) return { path: `/${below.slice(1).join('/')}`, version: 1 };
  if (below[0] === 'unified') return { path: `/${below.slice(1).join('/')}`, version: 2 };
  return { path: `/${below.join('/')}`, version: 2 };
}
