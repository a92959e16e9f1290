import { mayOpenCase } from '../../bot/access/case-access.ts';
import { ownershipOf } from '../../bot/access/ownership-of.ts';
import { mayRead, type Viewer, viewerOf } from '../../bot/access/viewer.ts';
import { Conversation } from '../../bot/conversation/conversation.ts';
import { type PlainCase, readPlainCase, writePlainCase } from '../../bot/conversation/plain-case.ts';
import { seenIn } from './canaries.ts';
import { person, type Stage, shownBy, type TrialOutcome } from './run-trial.ts';

/** What people do with a case that another has had answered. */
const USES: readonly { name: string; says: readonly string[] }[] = [
  { name: 'kept case: opened by its id', says: [] },
  { name: 'kept case: follow-up by another person', says: ['why?', 'who is responsible?'] },
  { name: 'kept case: evidence asked for by another', says: ['show e1', 'show the evidence'] },
  { name: 'kept case: what-if by another', says: ['what if it had twice the memory?'] },
  { name: 'kept case: looked at again by another', says: ['look again'] },
  { name: 'kept case: told in another language', says: ['in English please', '用中文说'] },
];

/** A case about the target, kept, and taken up by who may not, by somebody nobody can name, and by who may. */
export async function keptCaseTrials(stage: Stage): Promise<TrialOutcome[]> {
  const { ground, team, asker, access, canaries } = stage;
  const kept = await keptBy(stage, team);
  const nobody = viewerOf(access, person('UNOBODY001'));
  const guest = viewerOf(access, { ...person('UGUEST0001'), isForeign: true });
  const base = { ground: ground.name, sameAsMissing: null };
  const outcomes: TrialOutcome[] = [];
  for (const { name, says } of USES) {
    const opened = await Promise.all([asker, nobody, guest].map((viewer) => takeUp(kept, says, stage, viewer)));
    const shown = await takeUp(kept, says, stage, team);
    outcomes.push({
      ...base,
      way: name,
      // A case that may not be opened is none, as one that never was.
      leaks: opened.flatMap((text) => seenIn(text ?? '', canaries, '')),
      sameAsMissing: opened.every((text) => text === null),
      shownToTeam: seenIn(shown ?? '', canaries, '').length > 0,
    });
  }
  const own = await keptBy(stage, asker, `why did ${ground.own.name} (${ground.own.id}) fail?`);
  outcomes.push({
    ...base,
    way: 'kept case: the own one holds nothing of others',
    leaks: seenIn(writePlainCase(own), canaries, ''),
    shownToTeam: (await takeUp(own, ['why?'], stage, asker)) !== null,
  });
  return outcomes;
}

async function keptBy(stage: Stage, viewer: Viewer, question?: string): Promise<PlainCase> {
  const { ground, platform } = stage;
  const conversation = new Conversation({
    openPlatform: async () => platform,
    language: 'auto',
    model: null,
    mayRead: (run) => mayRead(viewer, run),
  });
  await conversation.say(question ?? `why did ${ground.target.id} fail?`);
  return readPlainCase(writePlainCase(conversation.kept()));
}

/** Null: the case may not be opened. */
async function takeUp(
  kept: PlainCase,
  says: readonly string[],
  { platform }: Stage,
  viewer: Viewer,
): Promise<string | null> {
  if (!mayOpenCase(viewer, ownershipOf(kept))) return null;
  const conversation = new Conversation(
    { openPlatform: async () => platform, language: 'auto', model: null, mayRead: (run) => mayRead(viewer, run) },
    kept,
  );
  for (const message of says) await conversation.say(message);
  return shownBy(conversation);
}
