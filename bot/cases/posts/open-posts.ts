import type { Database, Row } from '../database/database.ts';
import { type Post, type Posts, REMOVED } from './posts.ts';

const COLUMNS = 'key, team, channel, thread_ts, ts, digest';
/** Told at a time of what is left behind. */
const MOST_LEFT = 50;

/** What the bot has posted, in a store. */
export function openPosts(database: Database, now: () => number = Date.now): Posts {
  return {
    intend: (key, { team, channel, threadTs }) =>
      database.transaction(async (tx) => {
        const made = await tx.query(
          `insert into posts (key, team, channel, thread_ts, touched_at_ms) values ($1, $2, $3, $4, $5)
           on conflict (key) do nothing returning ${COLUMNS}`,
          [key, team, channel, threadTs, now()],
        );
        const [row] = made.length > 0 ? made : await tx.query(`select ${COLUMNS} from posts where key = $1`, [key]);
        if (!row) throw new Error('a post that is just noted is gone');
        return post(row, made.length === 0);
      }),
    async note(key, { team, channel, threadTs }, digest, ts) {
      await database.query(
        `insert into posts (key, team, channel, thread_ts, ts, digest, touched_at_ms) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (key) do update set team = excluded.team, channel = excluded.channel, thread_ts = excluded.thread_ts,
           ts = excluded.ts, digest = excluded.digest, touched_at_ms = excluded.touched_at_ms`,
        [key, team, channel, threadTs, ts, digest, now()],
      );
    },
    async find(key) {
      const [row] = await database.query(`select ${COLUMNS} from posts where key = $1`, [key]);
      return row ? post(row, true) : null;
    },
    async noteRemoved(key) {
      await database.query('update posts set digest = $2, touched_at_ms = $3 where key = $1', [key, REMOVED, now()]);
    },
    async leftBehind(prefix, finishedBeforeMs, sinceMs) {
      const length = Math.floor(prefix.length);
      const rows = await database.query(
        `select ${COLUMNS} from posts p
         where p.touched_at_ms >= $1 and substr(p.key, 1, ${length}) = $2 and coalesce(p.digest, '') <> $3
           and exists (select 1 from inbox m where m.key = substr(p.key, ${length + 1})
             and m.finish is not null and m.lease_until_ms = 0 and m.finished_at_ms < $4)
         order by p.touched_at_ms limit ${MOST_LEFT}`,
        [Math.round(sinceMs), prefix, REMOVED, Math.round(finishedBeforeMs)],
      );
      return rows.map((row) => post(row, true));
    },
  };
}

function post({ key, team, channel, thread_ts, ts, digest }: Row, intendedBefore: boolean): Post {
  const text = (cell: Row[string] | undefined) => (cell === null || cell === undefined ? null : String(cell));
  const place = { team: String(team), channel: String(channel), threadTs: text(thread_ts) };
  return { key: String(key), place, ts: text(ts), intendedBefore, digest: text(digest) };
}
