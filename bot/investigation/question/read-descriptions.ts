const MAX_DESCRIPTIONS = 5;
const MAX_NUMBERS = 5;

const KIND_OF_WORK =
  /\b((?:[a-z][a-z0-9-]{1,30} ){1,3})(job|application|app|pipeline|workflow|dag|backfill|training|scoring|dedup|etl|export|import|ingest|load|report|sync|crawler|container|example)\b/gi;
/** A description begins after the last of these. */
const LEAD_WORDS: ReadonlySet<string> = new Set(
  `the a an our my your his her its their this that these those it of in on at for from with without and or but so to is are was
  were has have had does did do not no any spark flink yarn java why when while what who how run runs running submit says said
  one each every whole same by us me name know happens single some all other which because after before since as if then than
  got gets get make made also only user queue`.split(/\s+/),
);

/** Looser descriptions of the job (`nightly dedup`, `feature store job`), for when no name fits. */
export function readDescriptions(said: string): string[] {
  const found = new Set<string>();
  for (const match of said.matchAll(KIND_OF_WORK)) {
    const words = match[0].split(' ');
    const lead = words.findLastIndex((word) => LEAD_WORDS.has(word.toLowerCase()));
    const rest = words.slice(lead + 1);
    if (rest.length >= 2 && !/\d{5}/.test(rest.join(''))) found.add(rest.join(' '));
    if (found.size >= MAX_DESCRIPTIONS) break;
  }
  return [...found];
}

/** Running numbers as people shorten ids: `backfill 0062` is `application_…_0062`. Four digits with a leading zero. */
export function readApplicationNumbers(said: string): string[] {
  const found = [...said.matchAll(/(?<![\w./:-])0\d{3}(?![\w./:-])/g)].map((match) => match[0]);
  return [...new Set(found)].slice(0, MAX_NUMBERS);
}
