/** Files of a capture of the lab by name, of runs of Spark's own cluster and of control groups. */
export const KERNEL_LOG = /^hosts\/bd-node\d\/dmesg\.txt$/;
/** What executors of Spark's own cluster write. */
export const EXECUTORS = /^hosts\/bd-node\d\/srv\/spark\/work\/app-\d+-\d+\/\d+\/stderr$/;
export const WORKER_LOG = /^hosts\/bd-node\d\/var\/log\/spark\/spark-worker-bd-node\d\.out$/;
export const MASTER_LOG = /^hosts\/bd-master\/var\/log\/spark\/spark-master-bd-master\.out$/;

/** A control file of a container's group (`container`) or of the group above all containers (`parent`), as it was at the end. */
export function controlFileOf(level: 'container' | 'parent', name: string): RegExp {
  const below = level === 'container' ? '/container_\\w+' : '';
  return new RegExp(
    `^hosts/bd-node\\d/sys/fs/cgroup/[\\w,]+/[^/]+/bd-node\\d/hadoop-yarn${below}/${name.replaceAll('.', '\\.')}$`,
  );
}
