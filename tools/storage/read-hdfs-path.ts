import type { Evidence } from '../evidence/evidence.ts';
import {
  childObject,
  countAt,
  type JsonObject,
  numberAt,
  quoteMembers,
  rootObject,
  textAt,
} from '../evidence/json-object.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import type { HdfsPath } from './hdfs-facts.ts';

const PREFIX = '/webhdfs/v1';
const MAX_PATH = 1_000;

/**
 * The request for what a path holds and may hold: `GETCONTENTSUMMARY`, which the NameNode answers itself, without a redirect to
 * a DataNode. Null for what is no plain absolute path.
 */
export function pathRequest(path: string): string | null {
  const plain = path.replace(/^(?:hdfs|viewfs|webhdfs):\/\/[^/]{0,255}/, '').replace(/\/{1,20}$/, '');
  if (!plain.startsWith('/') || plain.length > MAX_PATH || /(?:^|\/)\.\.?(?:\/|$)|\/\/|\p{Cc}/u.test(plain))
    return null;
  const encoded = plain
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/['()]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`))
    .join('/');
  return `${PREFIX}${encoded}?op=GETCONTENTSUMMARY`;
}

/** What an answer of WebHDFS says of a path; null for any other answer. */
export function readHdfsPath(answer: HttpAnswer): HdfsPath | null {
  const [place = '', query = ''] = answer.request.split('?', 2);
  if (!place.startsWith(`${PREFIX}/`)) return null;
  const path = decoded(place.slice(PREFIX.length));
  const root = path === null ? null : rootObject(answer);
  if (path === null || root === null) return null;
  const refusal = childObject(root, 'RemoteException');
  if (refusal) {
    return {
      ...emptyPath(path, answer.at, evidenceOf(refusal, ['exception', 'message'])),
      refusal: { exception: textAt(refusal, 'exception'), message: textAt(refusal, 'message').slice(0, 500) },
    };
  }
  const summary = childObject(root, 'ContentSummary') ?? childObject(root, 'QuotaUsage');
  if (answer.status !== 200 || summary === null || !/op=GET(?:CONTENTSUMMARY|QUOTAUSAGE)/i.test(query)) return null;
  return {
    ...emptyPath(path, answer.at, evidenceOf(summary, ['quota', 'spaceQuota', 'spaceConsumed', 'fileCount', 'length'])),
    files: countAt(summary, 'fileCount') ?? countAt(summary, 'fileAndDirectoryCount'),
    directories: countAt(summary, 'directoryCount'),
    lengthBytes: countAt(summary, 'length'),
    nameQuota: numberAt(summary, 'quota'),
    spaceQuotaBytes: numberAt(summary, 'spaceQuota'),
    spaceConsumedBytes: countAt(summary, 'spaceConsumed'),
  };
}

function emptyPath(path: string, at: number, evidence: Evidence): HdfsPath {
  return {
    path,
    at,
    refusal: null,
    files: null,
    directories: null,
    lengthBytes: null,
    nameQuota: null,
    spaceQuotaBytes: null,
    spaceConsumedBytes: null,
    evidence,
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function evidenceOf(object: JsonObject, keys: readonly string[]): Evidence {
  return { ...quoteMembers(object, keys), area: 'storage', provenance: 'storage', at: object.document.at };
}
