import type { Question, QuestionContext, QuestionLink } from './question.ts';
import { readAsks, speaksOfSlowness } from './read-asks.ts';
import { readApplicationNumbers, readDescriptions } from './read-descriptions.ts';
import { readHosts } from './read-hosts.ts';
import { readApplicationIds, readOtherIds } from './read-ids.ts';
import { readJobNames } from './read-job-names.ts';
import { readLinks, windowOfLink } from './read-links.ts';
import { readExecutors, readQueues, readStages, readTasks } from './read-numbers.ts';
import { readTheories } from './read-theories.ts';
import { readWindows } from './read-window.ts';
import { saidText } from './said-text.ts';

/**
 * Reads a question without a model and without looking at the platform. Ids are taken from all of the text, links and code
 * included; wishes, times and theories only from the asker's own words, never from what a program printed or from an
 * attachment. Nothing found is fine: the caller then lists candidates.
 */
export function readQuestion(text: string, context: QuestionContext): Question {
  const said = saidText(text);
  const words = withoutLinks(said);
  const ownWords = withoutQuotes(words);
  const links = readLinks(text);
  const ids = readOtherIds(text);
  const applicationIds = unique([...readApplicationIds(text), ...links.flatMap((link) => link.applicationIds)]);
  const taken = new Set<string>([...ids.pods, ...links.map((link) => link.host)]);
  const hosts = readHosts(words, taken);
  const jobNames = readJobNames(words, new Set([...taken, ...hosts]));
  const asks = readAsks(words);
  const windows = readWindows(words, context.now, context.zoneOffsetMinutes ?? 0);
  return {
    text,
    language: isChinese(said) ? 'zh' : 'en',
    asks,
    speaksOfSlowness: speaksOfSlowness(words),
    applicationIds,
    attachedApplicationIds: attachedIds(context.attachments ?? [], applicationIds),
    ids: { ...ids, flinkJobs: unique([...ids.flinkJobs, ...links.flatMap((link) => link.flinkJobIds)]) },
    links,
    jobNames: unique([...jobNames, ...links.flatMap(namesOfLink)]),
    describedAs: readDescriptions(ownWords),
    applicationNumbers: readApplicationNumbers(words),
    hosts,
    queues: readQueues(words),
    executors: readExecutors(words),
    stages: unique([...readStages(words), ...links.flatMap(({ stage }) => (stage === undefined ? [] : [stage]))]),
    tasks: readTasks(words),
    // What the asker says counts before what a link happens to hold.
    window: windows.window ?? links.map(windowOfLink).find((window) => window !== null) ?? null,
    comparedWith: windows.comparedWith,
    theories: readTheories(ownWords, asks),
  };
}

/** A task's id is often the name of the application it starts; one plain word (`run`, `load`) names nothing. */
function namesOfLink({ dagId, taskId }: QuestionLink): string[] {
  const task = taskId !== undefined && /[\w]{2}[_.-][\w]{2}/.test(taskId) ? [taskId] : [];
  return dagId === undefined ? task : [dagId, ...task];
}

/** At least four Han characters in the asker's own words (DESIGN §8). */
function isChinese(said: string): boolean {
  return (said.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4;
}

/** Links name things in their own way and are read apart; their words are no words of the asker. */
function withoutLinks(said: string): string {
  return said.replace(/\bhttps?(?::\/\/|%3A%2F%2F)[^\s<>"'`，。；、（）【】\u4e00-\u9fff]{3,2000}/gi, (link) =>
    ' '.repeat(link.length),
  );
}

/** What stands in double quotes and is more than two words is quoted from a log or a screen. */
function withoutQuotes(words: string): string {
  return words.replace(/["“][^"”\n]{3,400}["”]/g, (quote) =>
    quote.trim().split(/\s+/).length > 2 ? ' '.repeat(quote.length) : quote,
  );
}

function attachedIds(attachments: readonly string[], known: readonly string[]): string[] {
  const found = unique(attachments.flatMap((attachment) => readApplicationIds(attachment)));
  return found.filter((id) => !known.includes(id)).slice(0, 50);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
