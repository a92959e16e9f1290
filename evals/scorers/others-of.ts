import type { Sources } from './sources/open-sources.ts';

const MAX_SOURCE_BYTES = 16 << 20;
/** One application as the ResourceManager and Spark's history list it; the order of the fields is theirs. */
const RUN = /"id":"(application_\d{1,20}_\d{1,12})","user":"([^"]{1,80})","name":"([^"]{1,200})"/g;
/** The start of an event log. */
const STARTED =
  /"Event":"SparkListenerApplicationStart","App Name":"([^"]{1,200})","App ID":"([^"]{1,80})"[^}]{0,200}?"User":"([^"]{1,80})"/g;
/** A name of fewer letters may be any word. */
const SHORTEST_NAME = 5;

/** Ids and names of runs that are not of these users, as the platform itself tells whose they are; no name that a run of theirs has too. */
export async function othersOf(users: readonly string[], sources: Sources): Promise<string[]> {
  const own = new Set<string>();
  const theirs = new Set<string>();
  const add = (user: string, ...words: readonly string[]) => {
    for (const word of words) (users.includes(user) ? own : theirs).add(word);
  };
  for (const source of await sources.names()) {
    if (!/^(?:http\/(?:yarn-rm|spark-history)|hdfs\/)/.test(source)) continue;
    const text = await sources.text(source);
    if (text === null || text.bytes.length > MAX_SOURCE_BYTES) continue;
    const content = text.bytes.toString('utf8');
    for (const [, id = '', user = '', name = ''] of content.matchAll(RUN)) add(user, id, name);
    for (const [, name = '', id = '', user = ''] of content.matchAll(STARTED)) add(user, id, name);
  }
  return [...theirs].filter((word) => word.length >= SHORTEST_NAME && !own.has(word));
}
