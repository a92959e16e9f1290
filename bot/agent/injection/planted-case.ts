import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { Passage } from '../../../knowledge/retrieval/passage.ts';
import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { attachedFile } from '../../../tools/platform/extra-files.ts';
import type { Platform } from '../../../tools/platform/platform.ts';
import { withFiles } from '../../../tools/platform/with-files.ts';
import { composeDiagnosis } from '../../analyst/compose-diagnosis.ts';
import { EvidenceBook } from '../../investigation/evidence-book.ts';
import type { DemoCase } from '../../investigation/fixtures/demo-case.ts';
import { passGate } from '../../investigation/gate/pass-gate.ts';
import type { Investigated } from '../../investigation/investigate.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import type { ThreadMessage } from '../case-file.ts';
import type { Carrier } from './payloads.ts';

/** An investigation in which a payload was read, with the platform on which it can be read again. */
export interface PlantedCase {
  whole: Investigated;
  platform: Platform;
  thread: ThreadMessage[];
  /** The text as it was planted. */
  planted: string;
}

const WRITERS: Partial<Record<Carrier, Provenance>> = {
  'exception message': 'engine',
  'plan text': 'engine',
  'setting value': 'engine',
  diagnostics: 'resource_manager',
  attachment: 'asker',
};

/**
 * Test builder: the investigation of a bundled run with a text in it where areas bring such texts: in a finding's statement and
 * evidence within the chain of the first cause, in names, settings, passages or the thread.
 *
 * @param open the first cause stands as likely, so that the strong model with tools is asked
 */
export async function plantedCase(
  { investigation: clean, platform: base }: DemoCase,
  folder: string,
  { carrier, text, number, open }: { carrier: Carrier; text: string; number: number; open: boolean },
): Promise<PlantedCase> {
  const file = path.join(folder, `${number}.log`);
  writeFileSync(file, `${text}\n`);
  const platform = withFiles(base, [await attachedFile(file, 1)], []);
  const lines = text.split('\n').length;
  // As areas cut what they quote; the file holds it whole.
  const excerpt = Buffer.from(text)
    .subarray(0, 2_000)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  const evidence: Evidence = {
    area: 'logs',
    provenance: WRITERS[carrier] ?? 'user_process',
    source: 'attach:1',
    fromLine: 1,
    toLine: Math.min(lines, excerpt.split('\n').length),
    offset: 0,
    at: null,
    excerpt,
  } as Evidence;
  const finding: Finding = {
    area: 'logs',
    rule: 'logs/last-words',
    kind: 'observed',
    code: null,
    symptom: 'task_failed',
    statement: {
      en: `The program ended with java.lang.RuntimeException: ${excerpt.slice(0, 400)}`,
      zh: `程序结束：java.lang.RuntimeException: ${excerpt.slice(0, 400)}`,
    },
    keys: {},
    at: null,
    evidence: [evidence],
    count: 1,
    weight: 1,
    values: {},
  };
  const [first, ...others] = clean.causes;
  const investigation: Investigation = {
    ...clean,
    findings: [...clean.findings, finding],
    causes: first
      ? [
          {
            ...first,
            standing: open ? 'likely' : first.standing,
            links: [{ finding, join: null }, ...first.links.slice(-2)],
          },
          ...others,
        ]
      : [],
    ...(carrier === 'passage' ? { passages: [passageOf(text)] } : {}),
    ...named(clean, carrier, text),
  };
  const book = new EvidenceBook();
  const diagnosis = await passGate(composeDiagnosis(investigation, book), book, platform, investigation);
  return {
    whole: { investigation, book, diagnosis },
    platform,
    thread: carrier === 'thread' ? [{ from: 'asker', text }] : [],
    planted: text,
  };
}

function named(clean: Investigation, carrier: Carrier, text: string): Partial<Investigation> {
  const { subject, comparison } = clean;
  const name = text.slice(0, 300);
  if (subject.kind === 'chosen' && (carrier === 'app name' || carrier === 'user name' || carrier === 'queue')) {
    const { candidate } = subject;
    const other =
      carrier === 'app name' ? { names: [name] } : carrier === 'user name' ? { user: name } : { queue: name };
    return { subject: { ...subject, candidate: { ...candidate, ...other } } };
  }
  if (carrier === 'setting value' && comparison) {
    const change = {
      what: 'setting' as const,
      name: 'spark.my.note',
      from: null,
      to: text.slice(0, 500),
      ratio: null,
      moves: [],
      because: { en: '', zh: '' },
      worsens: false,
      explainsMs: 0,
      evidence: [],
    };
    return { comparison: { ...comparison, changes: [...comparison.changes, change] } };
  }
  return {};
}

function passageOf(text: string): Passage {
  return {
    chunk: {
      id: 'team/oom.md#0',
      documentId: 'team/oom.md',
      collection: 'team',
      runbook: 'oom',
      title: 'Out of memory',
      section: 'what-to-do',
      heading: 'What to do',
      page: 0,
      position: 0,
      text,
      symptoms: '',
      codes: [],
      areas: [],
      audience: ['everyone'],
      engines: '{}',
      version: 'sha256:0',
      url: 'team/oom.md',
      owner: '',
      reviewed: '',
    },
    text,
    score: 1,
    foundBy: ['words'],
    matched: [],
  };
}
