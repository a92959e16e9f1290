import type { LinkPlan } from '../lab-incident.ts';

/** Files of a capture of the lab by name: where the links of a truth are looked for. */
export const RESOURCE_MANAGER_LOG =
  /^hosts\/bd-master\/var\/log\/hadoop-yarn\/hadoop-yarn-resourcemanager-bd-master\.log$/;
export const NODE_MANAGER_LOG = /^hosts\/bd-node\d\/var\/log\/hadoop-yarn\/hadoop-yarn-nodemanager-bd-node\d\.log$/;
export const NAMENODE_LOG = /^hosts\/bd-master\/var\/log\/hadoop-hdfs\/hadoop-hdfs-namenode-bd-master\.log$/;
export const DATANODE_LOG = /^hosts\/bd-node1\/var\/log\/hadoop-hdfs\/hadoop-hdfs-datanode-bd-node1\.log$/;
export const CACHE_MASTER_LOG = /^hosts\/bd-master\/var\/log\/alluxio\/master\.log$/;
export const CACHE_WORKER_LOG = /^hosts\/bd-node\d\/var\/log\/alluxio\/worker\.log$/;
/** The cache's client on the gateway. */
export const CACHE_CLIENT_LOG = /^hosts\/bd-gw\/var\/log\/alluxio\/user\.log$/;
export const CACHE_METRICS = /^http\/alluxio-master\/metrics_prometheus[^/]{0,40}\.txt$/;

/** What containers write: standard output and error of driver and executors. */
export const CONTAINERS = /^hosts\/bd-node\d\/srv\/yarn\/logs\/application_\d+_\d+\/container_[\w]+\/std(?:err|out)$/;

/** What YARN answers about one application. */
export const APPLICATION = /^http\/yarn-rm\/ws_v1_cluster_apps_application_\d+_\d+@[^/]{0,40}\.json$/;

/** The log of a job's submission. */
export function submissionOf(job: string): RegExp {
  return new RegExp(`^hosts/bd-gw/var/log/jobs/${job}-\\w+\\.log$`);
}

/** The log of a training. */
export function trainingOf(name: string): RegExp {
  return new RegExp(`^hosts/bd-gw/var/log/jobs/${name}/train\\.log$`);
}

/** Event logs of Spark. */
export const EVENT_LOG = /^hdfs\/spark-history\//;

/** Everywhere that an error of a job is told: by its containers, in its event log, to its client and to YARN. */
export function toldBy(job: string, line: RegExp): LinkPlan['places'] {
  return [CONTAINERS, EVENT_LOG, submissionOf(job), APPLICATION, RESOURCE_MANAGER_LOG].map((source) => ({
    source,
    line,
  }));
}
