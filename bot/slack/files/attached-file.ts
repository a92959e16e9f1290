import type { Bilingual } from '../../../knowledge/bilingual.ts';

/** A file of a message, fetched and looked into. */
export interface AttachedFile {
  /** `text` goes along as an attachment, `event_log` as an event log: `attachedFile` and `eventLogFiles` of `tools/platform/extra-files.ts`. */
  kind: 'text' | 'event_log';
  /** Its name as shown to people: without control characters and secrets, at most 80 characters. */
  name: string;
  /** Where it lies; its ending says how it is packed, whatever the sender called it. */
  path: string;
  /** What was read, for the asker. */
  told: Bilingual;
}

/** A file that cannot be read, and why; its name is in the text. */
export interface UnreadFile {
  problem: Bilingual;
}
