/** Where a conversation stands: a thread of a channel or of a direct message. */
export interface Place {
  /** Workspace, `T…`. */
  team: string;
  /** `C…`, `G…` or `D…`. */
  channel: string;
  /** The message that the thread hangs on (`1700000000.000100`); null: nothing is posted yet, a command has no message of its own. */
  threadTs: string | null;
}
