import type { TextRecord, Writer } from '../../evidence/text-record.ts';
import type { HttpAnswer } from '../../platform/platform.ts';
import type { HdfsCase } from '../hdfs-case.ts';
import type { HdfsScope } from '../hdfs-facts.ts';
import { mergeHdfsRecords } from '../merge-hdfs-records.ts';
import { readDataNodes } from '../read-data-nodes.ts';
import { readHdfsPath } from '../read-hdfs-path.ts';
import { readNameNodes } from '../read-name-nodes.ts';

/** 2026-11-21T11:00:00Z: the beginning of the question's time in these tests. */
export const BEGIN = Date.UTC(2026, 10, 21, 11);
export const WINDOW = { from: BEGIN, to: BEGIN + 600_000 };

/** Test builder: answers and log lines in the servers' own form, typed after the recorded 3.3.6; nothing here is a recording. */
export interface HdfsSpec {
  /** Members of NameNode beans by name; `after` in seconds behind the window's begin. */
  looks?: readonly { after: number; beans: Readonly<Record<string, Readonly<Record<string, unknown>>>> }[];
  dataNodes?: readonly {
    host: string;
    after: number;
    beans: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
  paths?: readonly { after: number; path: string; summary: Readonly<Record<string, unknown>> }[];
  logs?: readonly { writer: Writer; host?: string; text: string }[];
  scope?: Partial<HdfsScope>;
}

export function hdfsCase(spec: HdfsSpec): HdfsCase {
  const nameNodes = readNameNodes(
    (spec.looks ?? []).map(({ after, beans }) => answer('hdfs-namenode', '/jmx', after, beansText('NameNode', beans))),
  ).samples;
  const dataNodes = readDataNodes(
    (spec.dataNodes ?? []).map(({ host, after, beans }) =>
      answer(`hdfs-datanode@${host}`, '/jmx', after, beansText('DataNode', beans)),
    ),
  ).samples;
  const paths = (spec.paths ?? []).flatMap(
    ({ after, path, summary }) =>
      readHdfsPath(
        answer(
          'hdfs-namenode',
          `/webhdfs/v1${path}?op=GETCONTENTSUMMARY`,
          after,
          JSON.stringify({ ContentSummary: summary }),
        ),
      ) ?? [],
  );
  const records = (spec.logs ?? []).flatMap(({ writer, host = 'nn1', text }) => recordsOf(text, writer, host));
  return {
    facts: mergeHdfsRecords({ nameNodes, dataNodes, paths, events: [] }, records),
    scope: { window: WINDOW, applicationId: null, paths: [], hosts: [], ...spec.scope },
  };
}

/** LiveNodes and DeadNodes as the NameNode writes them: JSON in a text. */
export function nodeList(nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(nodes).map(([host, node]) => [`${host}:9866`, node])));
}

function beansText(service: string, beans: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const list = Object.entries(beans).map(([name, members]) => ({
    name: `Hadoop:service=${service},name=${name}`,
    ...members,
  }));
  return JSON.stringify({ beans: list }, null, 2);
}

function answer(service: string, request: string, after: number, body: string): HttpAnswer {
  return { service, request, at: BEGIN + after * 1000, status: 200, body, source: `http/${service}-${after}.json` };
}

/** Records of a server's log: each begins with its time, other lines belong to the one before. */
function recordsOf(text: string, writer: Writer, host: string): TextRecord[] {
  return text.split(/\n(?=\d{4}-)/).map((piece, order) => {
    const at = Date.parse(`${piece.slice(0, 19).replace(' ', 'T')}.${piece.slice(20, 23)}Z`);
    const source = `hosts/${host}/${writer}.log`;
    return {
      area: 'storage',
      writer,
      provenance: 'storage',
      keys: { host },
      at,
      level: 'info',
      logger: '',
      thread: '',
      message: piece.split('\n')[0]?.slice(24) ?? '',
      text: piece,
      exceptions: [],
      quote: { source, fromLine: order + 1, toLine: order + 1, excerpt: piece },
      count: 1,
      lastAt: at,
      order,
    };
  });
}
