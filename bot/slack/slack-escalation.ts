import type { AnswerPool } from '../answering/answer-pool.ts';
import type { Database } from '../cases/database/database.ts';
import type { KeptCases } from '../cases/kept-cases/kept-cases.ts';
import { readPlainCase } from '../conversation/plain-case.ts';
import type { Escalation } from '../escalation/escalation.ts';
import { DEFAULT_RULES } from '../escalation/escalation-rules.ts';
import { keepLessons } from '../escalation/keep-lessons.ts';
import { openEscalation } from '../escalation/open-escalation.ts';
import { openHandOffs } from '../escalation/open-hand-offs.ts';
import { handoffCard, handoffLineCard } from '../render/slack/handoff-card.ts';
import type { Outlet } from './outlet/outlet.ts';
import { diagnosisMeant } from './work/actions/show-evidence.ts';
import type { Rights } from './work/desk.ts';

/** What the hand-offs are made of. */
export interface SlackEscalationMeans {
  database: Database;
  outlet: Outlet;
  cases: KeptCases;
  pool: Pick<AnswerPool, 'page' | 'charts'>;
  rights: Rights;
  team: string;
  /** Address of the workspace, `https://team.slack.com/`; null: not known, and no links are made. */
  workspaceUrl: string | null;
  supportChannel: string | null;
  language: 'auto' | 'en' | 'zh';
  /** Folder of what is learned: drafts of runbooks and candidates of scenarios. */
  lessonsFolder: string;
  log(line: string, error?: unknown): void;
}

/** The hand-offs to the support team, over the store and Slack. */
export function slackEscalation(means: SlackEscalationMeans): Escalation {
  const { database, outlet, cases, pool, rights, supportChannel, team, workspaceUrl, log } = means;
  const language = means.language === 'auto' ? 'en' : means.language;
  return openEscalation({
    handOffs: openHandOffs(database),
    outlet,
    cards: { handOff: handoffCard, state: handoffLineCard },
    settings: {
      support: supportChannel === null ? null : { team, channel: supportChannel },
      language,
      rules: DEFAULT_RULES,
    },
    lessons: keepLessons(means.lessonsFolder),
    async diagnosisOf(caseId, diagnosis) {
      const kept = await cases.read(caseId);
      return kept === null ? null : diagnosisMeant(readPlainCase(kept.text), diagnosis, language);
    },
    feedbackOf: (caseId) => cases.feedback(caseId),
    // A hand-off tells a whole channel: it shows only what everybody there may see.
    ...(rights.limited
      ? {
          redactFor: (channel: string) => async (diagnosis, caseId) => {
            const kept = await cases.read(caseId);
            if (kept === null) return null;
            const venue = await rights.venue({ team, channel, threadTs: null }, '', kept.about);
            return venue === 'thread' ? diagnosis : null;
          },
        }
      : {}),
    async chartsOf(diagnosis, caseId, signal) {
      const kept = await cases.read(caseId);
      if (kept === null) return [];
      const charts = await pool.charts({ kept: kept.text, diagnosis: diagnosis.id, language }, signal);
      return charts.map(({ kind, png, title, alt }) => ({ name: `${kind}.png`, title, alt, content: png }));
    },
    async pageOf(diagnosis, caseId, signal) {
      const kept = await cases.read(caseId);
      if (kept === null) return null;
      const page = await pool.page({ kept: kept.text, diagnosis: diagnosis.id, language, feedback: [] }, signal);
      const title = diagnosis.subject?.name ?? diagnosis.subject?.id ?? diagnosis.id;
      return { name: `${diagnosis.id}.html`, title, alt: title, content: Buffer.from(page) };
    },
    linkTo: ({ channel, threadTs }) =>
      workspaceUrl === null || threadTs === null
        ? null
        : `${workspaceUrl}archives/${channel}/p${threadTs.replace('.', '')}`,
    onTrouble: (error, what) => log(`a hand-off could not be told: ${what}`, error),
    now: Date.now,
  });
}
