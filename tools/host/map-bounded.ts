/** Reads that run side by side: enough to hide the disk's latency, few enough for its file handles. */
const SIDE_BY_SIDE = 24;

/** Hosts looked at side by side: each reads many files, and of a host with a collector each costs a request. */
export const HOSTS_SIDE_BY_SIDE = 4;

/** Maps with at most some dozen calls under way, results in the order of the items. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Promise<Result>,
  width = SIDE_BY_SIDE,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  async function work(): Promise<void> {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await map(items[at] as Item);
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}
