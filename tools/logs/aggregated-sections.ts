import type { JoinKeys } from '../evidence/join-keys.ts';

/**
 * The head of one section of a log that `yarn logs` printed (LogAggregationUtils and ContainerLogsUtils of Hadoop 2.x and 3.x):
 *
 * ```
 * Container: container_… on host_45454          (3.x adds LogAggregationType: AGGREGATED)
 * ================================
 * LogType:stderr                                (2.x also "LogType: stderr")
 * LogLastModifiedTime:… / Log Upload Time:…
 * LogLength:1234
 * LogContents:                                  (2.x "Log Contents:")
 * …
 * End of LogType:stderr
 * ```
 */
export interface SectionHeader {
  containerId: string;
  host: string;
  logType: string;
  /** Length of the contents as the node manager counted it; `null` when not told. */
  lengthBytes: number | null;
  /** Index behind the header's last line, where the contents begin. */
  contentStart: number;
}

const CONTAINER_LINE =
  /^Container: (container_(?:e\d{1,6}_)?\d{10,16}_\d{4,10}_\d{1,6}_\d{1,10}) on (\S{1,255}?)(?:[_:]\d{1,5})?\s*$/m;
const LOG_TYPE = /^LogType: ?(\S{1,255})[ \t]*\r?$/m;
const CONTENTS = /^Log ?Contents:[ \t]*\r?\n?/m;
const LENGTH = /^LogLength: ?(\d{1,15})[ \t]*\r?$/m;
/** A header is never longer than this. */
const MAX_HEADER_CHARS = 2048;

/** The first section header in a text, with the container it belongs to; `null` when there is none. */
export function findSectionHeader(
  text: string,
  container?: { containerId: string; host: string },
): SectionHeader | null {
  const containerLine = CONTAINER_LINE.exec(text);
  const typeLine = LOG_TYPE.exec(text);
  if (!typeLine) return null;
  const after = text.slice(typeLine.index, typeLine.index + MAX_HEADER_CHARS);
  const contents = CONTENTS.exec(after);
  if (!contents) return null;
  const known = containerLine && containerLine.index < typeLine.index ? containerLine : null;
  if (!known && !container) return null;
  const length = LENGTH.exec(after.slice(0, contents.index));
  return {
    containerId: known?.[1] ?? container?.containerId ?? '',
    host: known?.[2] ?? container?.host ?? '',
    logType: typeLine[1] ?? '',
    lengthBytes: length ? Number(length[1]) : null,
    contentStart: typeLine.index + contents.index + contents[0].length,
  };
}

/** What a section can be joined on. */
export function keysOfSection({ containerId, host }: SectionHeader): JoinKeys {
  const id = /^container_(?:e\d{1,6}_)?(\d{10,16}_\d{4,10})_(\d{1,6})_/.exec(containerId);
  return {
    ...(id ? { applicationId: `application_${id[1]}`, applicationAttempt: Number(id[2]) } : {}),
    containerId,
    ...(host === '' ? {} : { host }),
  };
}
