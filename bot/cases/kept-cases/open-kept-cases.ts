import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { maskStrings } from '../../investigation/gate/mask-strings.ts';
import type { Database, Row } from '../database/database.ts';
import type { Feedback, KeptCase, KeptCases } from './kept-cases.ts';
import { removeCase } from './remove-case.ts';

/** Cases deleted in one transaction: nobody waits long behind it. */
const BATCH = 100;
/** Feedback on no particular diagnosis: `null` is no part of a primary key. */
const NO_DIAGNOSIS = '';

/** Cases and feedback, in a store. */
export function openKeptCases(database: Database, now: () => number = Date.now): KeptCases {
  return {
    async keep({ id, threadId, text, about, turns, asker = null, isPrivate = false, beside = null, goesOnFrom }) {
      const rows = await database.query(
        `insert into kept_cases (id, thread_id, body, about, turns, updated_at_ms, asker, is_private, beside)
         values ($1, coalesce((select merged_into from threads where id = $2), $2), $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update set thread_id = excluded.thread_id, body = excluded.body, about = excluded.about,
           turns = excluded.turns, asker = coalesce(kept_cases.asker, excluded.asker),
           updated_at_ms = case when excluded.updated_at_ms > kept_cases.updated_at_ms then excluded.updated_at_ms
             else kept_cases.updated_at_ms + 1 end
         ${goesOnFrom === undefined ? '' : `where kept_cases.updated_at_ms = ${Math.round(goesOnFrom)}`} returning id`,
        [
          id,
          threadId,
          maskedJson(text),
          JSON.stringify(about),
          JSON.stringify(turns),
          now(),
          asker,
          isPrivate ? 1 : 0,
          beside,
        ],
      );
      return rows.length > 0;
    },
    async besideThread(threadId, asker) {
      const [row] = await database.query(
        `select * from kept_cases where asker = $2 and beside in (select id from threads where id = $1 or merged_into = $1)
         order by updated_at_ms desc, id limit 1`,
        [threadId, asker],
      );
      return row ? keptCase(row) : null;
    },
    async read(id) {
      const [row] = await database.query('select * from kept_cases where id = $1', [id]);
      return row ? keptCase(row) : null;
    },
    async noteFeedback({ caseId, diagnosis, user, helpful, reason, atMs }) {
      await database.query(
        `insert into feedback (case_id, diagnosis, user_id, helpful, reason, at_ms) values ($1, $2, $3, $4, $5, $6)
         on conflict (case_id, diagnosis, user_id) do update set helpful = excluded.helpful, reason = excluded.reason,
           at_ms = excluded.at_ms
         where excluded.at_ms >= feedback.at_ms`,
        [
          caseId,
          diagnosis ?? NO_DIAGNOSIS,
          user,
          helpful ? 1 : 0,
          reason === null ? null : maskSecrets(reason),
          Math.round(atMs),
        ],
      );
    },
    async feedback(caseId) {
      const rows = await database.query(
        'select * from feedback where case_id = $1 order by at_ms, user_id, diagnosis',
        [caseId],
      );
      return rows.map(feedbackOf);
    },
    remove: (id) => database.transaction((tx) => removeCase(tx, id)),
    async removeBefore(ms) {
      for (let removed = 0; ; ) {
        const count = await database.transaction(async (tx) => {
          const rows = await tx.query(
            `select id from kept_cases where updated_at_ms < $1 order by updated_at_ms limit ${BATCH}`,
            [Math.round(ms)],
          );
          for (const { id } of rows) await removeCase(tx, String(id));
          return rows.length;
        });
        removed += count;
        if (count < BATCH) return removed;
      }
    },
  };
}

/** The text is masked by whoever writes it; masked again, string by string, it stays what it is: JSON. */
function maskedJson(text: string): string {
  try {
    return JSON.stringify(maskStrings(JSON.parse(text) as unknown));
  } catch {
    return maskSecrets(text);
  }
}

function keptCase({ id, thread_id, body, about, turns, asker, is_private, beside, updated_at_ms }: Row): KeptCase {
  return {
    id: String(id),
    threadId: thread_id === null ? null : String(thread_id),
    text: String(body),
    about: JSON.parse(String(about)) as KeptCase['about'],
    turns: JSON.parse(String(turns)) as KeptCase['turns'],
    asker: textOrNull(asker),
    isPrivate: Number(is_private) === 1,
    beside: textOrNull(beside),
    updatedAtMs: Number(updated_at_ms),
  };
}

const textOrNull = (cell: Row[string] | undefined) => (cell === null || cell === undefined ? null : String(cell));

function feedbackOf({ case_id, diagnosis, user_id, helpful, reason, at_ms }: Row): Feedback {
  return {
    caseId: String(case_id),
    diagnosis: diagnosis === NO_DIAGNOSIS ? null : String(diagnosis),
    user: String(user_id),
    helpful: helpful === 1,
    reason: reason === null ? null : String(reason),
    atMs: Number(at_ms),
  };
}
