import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile, eventLogFiles } from '../../tools/platform/extra-files.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { audienceOf, isKnown } from '../access/case-access.ts';
import { ownershipOf } from '../access/ownership-of.ts';
import { NO_IDENTITY } from '../access/refusals.ts';
import { rightOf } from '../access/viewer.ts';
import { chooseCluster } from '../choose-cluster.ts';
import { configuredPlatform } from '../configured-platform.ts';
import { Conversation } from '../conversation/conversation.ts';
import type { Brought } from '../conversation/conversation-means.ts';
import { languageOfWords } from '../conversation/language-of-words.ts';
import { readPlainCase, writePlainCase } from '../conversation/plain-case.ts';
import type { Turn } from '../conversation/thread.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { visibleText } from '../render/visible-text.ts';
import { type Settings, SettingsError } from '../settings.ts';
import type { AnswerChart, AnswerEvent, AnswerJob, AnswerResult, JobFile } from './answer-job.ts';
import { drawCharts } from './draw-charts.ts';
import type { SharedKnowledge } from './shared-knowledge.ts';

/** What every answer of a process reads from. */
export interface AnswerSource {
  settings: Settings;
  knowledge: SharedKnowledge;
  /** A folder of a capture; null: the configured platform. */
  from: string | null;
  /** What is "now" in a capture, milliseconds since the epoch; null: the latest time recorded. */
  at: number | null;
  /** Font file of the charts; null: the bundled one. */
  chartFont: string | null;
}

/** Answers one message from plain data to plain data. */
export async function answerOne(
  job: AnswerJob,
  source: AnswerSource,
  hear: (event: AnswerEvent) => void,
  signal: AbortSignal,
): Promise<AnswerResult> {
  const { settings } = source;
  const kept = job.kept === null ? null : readPlainCase(job.kept);
  const brought = await broughtBy(job.files);
  const right = rightOf(job.viewer);
  const spoken = job.language === 'auto' ? (languageOfWords([job.text]) ?? 'en') : job.language;
  const conversation = new Conversation(
    {
      openPlatform: async (question) => await openedFor(question, source, job.cluster),
      language: job.language,
      ...(settings.knowledge.runbooksUrl === null ? {} : { request: { runbooksUrl: settings.knowledge.runbooksUrl } }),
      ...(right ? { mayRead: right } : {}),
      ...(isKnown(job.viewer) ? {} : { helpOnly: NO_IDENTITY }),
      openKnowledge: async () => ({
        base: source.knowledge.lend(),
        audience: audienceOf(job.viewer, settings.knowledge.audience),
      }),
      model: settings.model,
    },
    kept,
  );
  try {
    const turn = await conversation.say(
      job.text,
      {
        onProgress: (line) => hear({ kind: 'step', line }),
        onCertain: (certain) => hear({ kind: 'certain', certain }),
        onEvent: (event) => {
          if (event.kind === 'tool') hear({ kind: 'step', line: visibleText(event.line[spoken]), names: true });
        },
        signal,
      },
      brought,
    );
    const diagnoses = diagnosesOf(turn, conversation);
    const now = conversation.kept();
    const cited = new Set(turn.replies.flatMap(({ evidence }) => evidence));
    return {
      outcome: 'answered',
      caseId: conversation.thread.id,
      kept: writePlainCase(now),
      turn,
      diagnoses,
      evidence: conversation.evidence().filter(({ id }) => cited.has(id)),
      about: ownershipOf(now),
      charts: await drawn(turn, conversation, source.chartFont),
    };
  } catch (error) {
    if (error instanceof SettingsError) return { outcome: 'not_asked', why: error.message };
    throw error;
  } finally {
    await conversation.close();
  }
}

async function openedFor(
  question: string,
  { settings, from, at }: AnswerSource,
  named: string | null,
): Promise<Platform> {
  if (from !== null) return await openCapture(from, at === null ? {} : { at });
  return configuredPlatform(settings, await chooseCluster(settings, question, named));
}

async function broughtBy(files: readonly JobFile[]): Promise<Brought | null> {
  if (files.length === 0) return null;
  const of = (kind: JobFile['kind']) => files.filter((file) => file.kind === kind);
  const attachments = await Promise.all(of('text').map(({ path }, at) => attachedFile(path, at + 1)));
  const logs = await Promise.all(of('event_log').map(({ path }, at) => eventLogFiles(path, at + 1)));
  return { attachments, eventLogs: logs.flatMap((given) => given.files) };
}

/** The pictures of the first diagnosis of a turn. */
async function drawn({ replies }: Turn, conversation: Conversation, font: string | null): Promise<AnswerChart[]> {
  const first = replies.find(({ diagnosis }) => diagnosis !== null);
  if (!first || first.diagnosis === null) return [];
  return await drawCharts(conversation.charts(first.diagnosis), first.language, font);
}

function diagnosesOf({ replies }: Turn, conversation: Conversation): Record<string, Diagnosis> {
  const told = replies.flatMap(({ diagnosis, language }) => {
    const face = diagnosis === null ? null : conversation.diagnosis(diagnosis, language);
    return face === null ? [] : [[face.id, face] as const];
  });
  return Object.fromEntries(told);
}
