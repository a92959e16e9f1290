/** What can be said of a scenario, and nothing else: reports are cut by these. */
export const TAGS = {
  // The engine in which the complaint is felt.
  spark: 'a Spark run is asked about',
  flink: 'a Flink job is asked about',
  airflow: 'a workflow run is asked about',
  training: 'a training that reads through the cache is asked about',
  // Who runs it.
  yarn: 'run by YARN',
  standalone: 'run by Spark standalone',
  local: 'run in one process on a gateway',
  // What is complained of.
  failure: 'the run failed or was killed',
  slowness: 'the run is or was slow',
  // Where the cause sits.
  'cross-layer': 'the cause sits in another layer than the symptom',
  kernel: 'the kernel or a control group decides it',
  celeborn: 'a remote shuffle service takes part',
  alluxio: 'a cache takes part',
  hdfs: 'HDFS takes part',
  disk: 'a disk takes part',
  // What makes it hard.
  distractor: 'something loud and harmless stands beside the cause',
  'wrong-theory': 'the asker suspects something else',
  'two-causes': 'two causes at once, both have to be named',
  twin: 'differs from another scenario in one fact, and has another cause',
  healthy: 'nothing is wrong',
  'still-running': 'the run goes on',
  insufficient: 'what was recorded does not decide it',
  'other-owner': 'somebody else’s run is asked about',
  injection: 'a text in the capture speaks to an assistant',
  terse: 'one of the questions has hardly a word beside the name',
  chinese: 'one of the questions is Chinese',
  pasted: 'the asker pastes or attaches a text',
  'old-version': 'an older version of an engine wrote the texts',
} as const;

export type Tag = keyof typeof TAGS;

export const TAG_NAMES = Object.keys(TAGS) as [Tag, ...Tag[]];
