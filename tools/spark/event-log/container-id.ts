/** `container_1700000000000_0001_01_000002`, with the epoch part that Hadoop adds after a ResourceManager's restart. */
const CONTAINER_ID = /container_(?:e\d{1,6}_)?\d{1,20}_\d{1,10}_\d{1,6}_\d{1,10}/;

/** The first YARN container id in some texts (attributes, log links, reasons), each looked at up to 4,096 characters. */
export function containerIdIn(texts: readonly string[]): string | null {
  for (const text of texts) {
    const found = CONTAINER_ID.exec(text.slice(0, 4_096));
    if (found) return found[0];
  }
  return null;
}
