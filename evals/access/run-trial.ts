import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Access, readAccess } from '../../bot/access/access-file.ts';
import type { Ownership } from '../../bot/access/ownership.ts';
import { mayRead, type Viewer, viewerOf } from '../../bot/access/viewer.ts';
import { Conversation } from '../../bot/conversation/conversation.ts';
import { writePlainCase } from '../../bot/conversation/plain-case.ts';
import { takeFirstLook } from '../../bot/investigation/first-look.ts';
import { knownOwners } from '../../bot/investigation/others/known-owners.ts';
import { withOneClock } from '../../bot/investigation/with-one-clock.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile } from '../../tools/platform/extra-files.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { canariesOf, seenIn } from './canaries.ts';
import type { Ground } from './grounds.ts';
import type { Named, Way } from './ways.ts';

/** A ground made ready: the capture opened, who asks, and what must not be seen. */
export interface Stage {
  ground: Ground;
  access: Access;
  platform: Platform;
  asker: Viewer;
  team: Viewer;
  canaries: ReadonlySet<string>;
  owners: readonly Ownership[];
}

/** What came of one way to ask. */
export interface TrialOutcome {
  way: string;
  ground: string;
  /** Strings of others that the answer or the kept case held. */
  leaks: string[];
  /** The refusal reads as that for a run which never was; null where none is due. */
  sameAsMissing: boolean | null;
  /** Whoever may read everything was shown something of others; null where nothing need be shown. */
  shownToTeam: boolean | null;
}

/** Opens a ground. */
export async function setStage(ground: Ground): Promise<Stage> {
  const access = readAccess(ground.access);
  const platform = await openCapture(ground.folder);
  const asker = viewerOf(access, person('UASKER0001'));
  const team = viewerOf(access, person('UTEAM00001'));
  const seen = await takeFirstLook(platform, [], new AbortController().signal);
  const owners = knownOwners(seen, withOneClock(seen).known);
  const readable = owners.filter((run) => mayRead(asker, run));
  const hidden = owners.filter((run) => !mayRead(asker, run));
  if (!readable.some(({ id }) => id === ground.own.id)) throw new Error(`${ground.name}: the own run may not be read`);
  if (!hidden.some(({ id }) => id === ground.target.id)) throw new Error(`${ground.name}: the target may be read`);
  return { ground, access, platform, asker, team, owners, canaries: canariesOf(ground.folder, hidden, readable) };
}

/** A person of Slack without e-mail and profile: what they are stands in the file. */
export function person(id: string) {
  return { id, email: null, fields: {}, isBot: false, isForeign: false };
}

/** Asks in one way: by who may not, about the target and about a run that never was; and by who may. */
export async function runTrial(way: Way, stage: Stage): Promise<TrialOutcome> {
  const { ground, asker, team, canaries } = stage;
  const refused = await talk(way, ground.target, stage, asker);
  const missing = way.kind === 'refusal' ? await talk(way, ground.missing, stage, asker) : null;
  const shown = way.shows ? await talk(way, ground.target, stage, team) : null;
  return {
    way: way.name,
    ground: ground.name,
    leaks: [...seenIn(refused.answer, canaries, refused.typed), ...seenIn(refused.kept, canaries, refused.typed)],
    sameAsMissing: missing && plain(refused.answer, ground.target) === plain(missing.answer, ground.missing),
    shownToTeam:
      shown && (seenIn(shown.answer, canaries, shown.typed).length > 0 || (way.kind === 'context' ? null : false)),
  };
}

interface Talk {
  answer: string;
  /** The case as the store keeps it, without the messages. */
  kept: string;
  typed: string;
}

/** One conversation; everything that its replies show, both faces and the evidence. */
export async function talk(way: Way, target: Named, stage: Stage, viewer: Viewer): Promise<Talk> {
  const { ground } = stage;
  const messages = way.says(target, ground.own);
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-trial-'));
  try {
    const log = way.attached?.(target);
    const file = path.join(folder, 'attached.log');
    if (log !== undefined) writeFileSync(file, log);
    const attachments = log === undefined ? [] : [await attachedFile(file, 1)];
    const compared = way.compareWith?.(target);
    const conversation = new Conversation({
      openPlatform: async () => (attachments.length > 0 ? withFiles(stage.platform, attachments) : stage.platform),
      language: 'auto',
      model: null,
      attachments,
      ...(compared === undefined ? {} : { request: { compareWith: { id: compared } } }),
      mayRead: (run) => mayRead(viewer, run),
    });
    for (const message of messages) await conversation.say(message);
    return {
      answer: shownBy(conversation),
      kept: keptOf(conversation),
      typed: [...messages, log ?? '', compared ?? ''].join('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that a conversation shows: texts, diagnoses in both languages, the evidence cited. */
export function shownBy(conversation: Conversation): string {
  const { turns } = conversation.thread;
  const replies = turns.flatMap((turn) => turn.replies);
  const faces = replies.flatMap(({ diagnosis }) =>
    diagnosis === null ? [] : [conversation.diagnosis(diagnosis, 'en'), conversation.diagnosis(diagnosis, 'zh')],
  );
  return JSON.stringify(
    { texts: replies.map(({ text, evidence }) => ({ text, evidence })), faces, evidence: conversation.evidence() },
    (name, value: unknown) =>
      name === 'costs' || name === 'question' || (name === 'id' && /^inv_/.test(String(value))) ? undefined : value,
    1,
  );
}

function keptOf(conversation: Conversation): string {
  const kept = conversation.kept();
  return writePlainCase({ ...kept, thread: { ...kept.thread, turns: [] } });
}

/** With the names of what was asked for taken out, and what differs from one time to the next. */
function plain(answer: string, { id, name }: Named): string {
  return answer
    .replaceAll(id, '‹id›')
    .replaceAll(id.replace('application_', ''), '‹part›')
    .replaceAll(name, '‹name›')
    .replaceAll(`_${id.split('_').at(-1)}`, '_‹number›');
}
