/** `WorkerInfo` in one line (`Host:rss-w2:RpcPort:9204:…`) or over lines (`Host: rss-w2`), 0.3 to 0.7. */
const WORKER = /\bHost: ?(?<host>[\w.-]{1,253})(?::RpcPort|\s*$)/m;

/** `PartitionLocation.toString`; hosts may hold hyphens, so the four ports are read from the end. */
const LOCATION =
  /host-rpcPort-pushPort-fetchPort-replicatePort:(?<host>[\w.-]{1,253}?)-\d{1,5}-\d{1,5}-\d{1,5}-\d{1,5}/;

/** Host of the worker that a text names as worker, or null. */
export function workerIn(text: string): string | null {
  return WORKER.exec(text.slice(0, 20_000))?.groups?.host ?? null;
}

/** Host of the partition's location, and of its peer (the replica), where the text holds one. */
export function locationIn(text: string): { host: string; peerHost: string | null } | null {
  const head = text.slice(0, 20_000);
  const host = LOCATION.exec(head)?.groups?.host;
  if (host === undefined) return null;
  const peer = head.indexOf('peer:(');
  const peerHost = peer === -1 ? null : (LOCATION.exec(head.slice(peer, peer + 500))?.groups?.host ?? null);
  return { host, peerHost };
}
