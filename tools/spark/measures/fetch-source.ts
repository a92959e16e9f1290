/** Where a failed fetch wanted to read from, as `FetchFailed(BlockManagerId(7, host, 7337, None), shuffleId=3, …)` says it. */
export interface FetchSource {
  executorId: string;
  host: string;
  port: number;
  shuffleId?: number;
}

/** Reads the provider out of a FetchFailed text (Spark 1.3 to 4.0); `null` when it names none. */
export function fetchSourceOf(text: string): FetchSource | null {
  const head = text.slice(0, 1_000);
  const match = /BlockManagerId\(([^,()]{1,100}), ([^,()]{1,255}), (\d{1,5})/.exec(head);
  if (!match) return null;
  const shuffle = /shuffleId=(\d{1,9})/.exec(head);
  return {
    executorId: match[1] ?? '',
    host: match[2] ?? '',
    port: Number(match[3]),
    ...(shuffle ? { shuffleId: Number(shuffle[1]) } : {}),
  };
}
