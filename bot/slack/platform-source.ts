/** What the bot's answers read: plain data, since they are worked out in processes of their own. */
export interface PlatformSource {
  /** Folder of a capture that is served instead; null: the configured platform. */
  from: string | null;
  /** The time to take for "now" in the capture, milliseconds since the epoch; null: the capture's own. */
  atMs: number | null;
}
