/**
 * What makes two runs the same job: the name without what changes from run to run. Dates and hours go wherever they stand
 * as a word of their own, run ids, epochs and file endings at the end. A name that is nothing but a date stays as it is.
 *
 * `ads_ctr_feature_daily_20261120`, `ads_ctr_feature_daily_20261120_03`, `ads_ctr_feature_daily.py` →
 * `ads_ctr_feature_daily`.
 */
export function normaliseJobName(name: string): string {
  let text = name.trim().slice(0, MAX_NAME);
  text = lastPathPart(text).replace(FILE_ENDING, '');
  for (const pattern of [ORCHESTRATOR_RUN, PARTITION_WORD, DASHED_DATE, COMPACT_DATE, EPOCH]) {
    text = text.replace(pattern, '$1\u0000');
  }
  // An hour means something only behind a date; alone, `_2` may be a version of the job.
  text = text.replace(HOUR_BEHIND_DATE, '\u0000').replace(RUN_NUMBER, '');
  const words = text.replace(GAPS, (gap, at: number) => (at === 0 ? '' : (/[^\u0000]/.exec(gap)?.[0] ?? ' ')));
  const kept = words.replace(/[\u0000_\-.:\s]{1,64}$/, '').replace(/^[\u0000_\-.:\s]{1,64}/, '');
  return kept === '' ? name.trim() : kept;
}

/** Longer names are cut: no scheduler allows them. */
const MAX_NAME = 1024;

const FILE_ENDING = /\.(?:py|jar|sql|hql|R|scala|sh|ipynb)$/i;

/** Airflow's own run ids inside a name: `scheduled__2026-11-20T00:00:00+00:00`. */
const ORCHESTRATOR_RUN = /(^|[_\-. :])(?:scheduled|manual|backfill)_{2}[0-9T:.+-]{8,40}Z?/g;

/** `dt=2026-11-20`, `hour=03`: a partition spelled out. */
const PARTITION_WORD = /(^|[_\-. :])(?:dt|ds|day|date|hr|hour|hh|pt)=[0-9][0-9T:.-]{0,24}/gi;

/** 2026-11-20, 2026_11_20, 2026.11.20, with an optional time of day. */
const DASHED_DATE =
  /(^|[_\-. :([])(?:19|20)\d\d[-_./](?:0[1-9]|1[0-2])[-_./](?:0[1-9]|[12]\d|3[01])(?:[T _](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![0-9])/g;

/** 20261120, 2026112003, 20261120033000, also with a `T` before the time; 202611 as a month. */
const COMPACT_DATE =
  /(^|[_\-. :([])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\d|3[01])T?(?:(?:[01]\d|2[0-3])(?:[0-5]\d){0,2})?)?(?:Z)?(?![0-9A-Za-z])/g;

/** Milliseconds to nanoseconds since the epoch, as operators append them. */
const EPOCH = /(^|[_\-. :])1\d{12}(?:\d{3}){0,2}(?![0-9])/g;

const HOUR_BEHIND_DATE = /\u0000[_\-. :]?(?:h|hr|hour)?(?:[01]\d|2[0-3])(?:h|hr)?(?![0-9A-Za-z])/gi;

/** `_attempt2`, `-retry-1`, `_try3` at the end. */
const RUN_NUMBER = /[_\-. ](?:attempt|retry|try|rerun)[_-]?\d{0,3}$/i;

/** What is left around the words taken out: one separator is enough. */
const GAPS = /[_\-. :()[\]]{0,8}\u0000[_\-. :()[\]\u0000]{0,64}/g;

/** A script given by its path is called by its file's name; other names may hold slashes of their own. */
function lastPathPart(text: string): string {
  if (!/^(?:[a-z0-9]{1,10}:)?\//i.test(text)) return text;
  return text.slice(text.lastIndexOf('/') + 1);
}
