/** Reads that run side by side: enough to hide the disk's latency, few enough for its file handles. */
const SIDE_BY_SIDE = 24;

/** Maps with at most some dozen calls under way, results in the order of the items. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Promise<Result>,
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
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, items.length) }, work));
  return results;
}
