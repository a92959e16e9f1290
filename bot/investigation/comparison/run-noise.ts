/**
 * Properties that differ in any two runs of one job and mean nothing: ids, names, start times, ports, addresses of the
 * driver, staging and temporary places, links of the UI. Spark's own documentation calls none of them a setting of the job,
 * or (ports, event log) they do not change what it does.
 */
const NOISE: readonly RegExp[] = [
  /^spark\.app\.(?:id|name|attempt\.id|startTime|submitTime|initial\..{1,100}|container\..{1,100})$/,
  /^spark\.(?:executor\.id|repl\..{1,100}|ui\..{1,100}|history\..{1,100}|eventLog\.(?!logBlockUpdates).{1,100})$/,
  /\.port$|\.ports$|^spark\.port\.|^spark\.driver\.(?:host|bindAddress|appUIAddress|blockManager\.port)$/,
  /^spark\.(?:submit\.callingClass|master\.ui|worker\.ui|metrics\.|extraListeners$|sql\.streaming\.checkpointLocation$)/,
  /^spark\.sql\.(?:warehouse\.dir|catalogImplementation$|event\.|ui\.|execution\.id)/,
  /^spark\.yarn\.(?:app\.|am\.waitTime|stagingDir|dist\.|secondary\.|historyServer|tags$|credentials|principal|keytab|cache\.|applicationTags|report)/,
  /^spark\.org\.apache\.hadoop\.yarn\./,
  /^spark\.kubernetes\.(?:driver\.pod\.name|executor\.podNamePrefix|submitInDriver|resource\.type|driver\.label|executor\.label|driver\.annotation|executor\.annotation|file\.upload|appSelector|authenticate|context|driver\.(?:reusePersistentVolumeClaim|ownPersistentVolumeClaim))/,
  /^spark\.(?:authenticate|ssl|acls|admin|modify|redaction|user\.groups|network\.crypto|io\.encryption\.keygen)/,
  /^spark\.(?:databricks\.(?:clusterUsageTags|clusterSource|job|workspace|credential|cluster|preemption|api|env|passthrough)|emr\.|glue\.(?:JOB|job)|livy\.|airflow\.)/i,
  /^spark\.(?:driver|executor)\.(?:log|processTreeMetrics)/,
];

/** True for a property whose difference says nothing about a run. */
export function isRunNoise(key: string): boolean {
  return !key.startsWith('spark.') || NOISE.some((pattern) => pattern.test(key));
}
