/** A set of packages that is brought into one folder by the ordinary client of its registry. */
export type PackageSet =
  | { name: string; from: 'maven'; artifacts: readonly string[]; without: readonly RegExp[] }
  | { name: string; from: 'pypi'; requirement: string };

export const HADOOP = 'hadoop-3.3.6';
export const SPARK = 'pyspark-3.5.6';
export const ALLUXIO = 'alluxio-2.9.4';

const hadoop = (artifact: string) => `org.apache.hadoop:${artifact}:3.3.6`;
const alluxio = (artifact: string) => `org.alluxio:${artifact}:2.9.4`;

/** What the lab runs on. Prometheus comes from the system's own packages. */
export const PACKAGE_SETS: readonly PackageSet[] = [
  {
    name: HADOOP,
    from: 'maven',
    artifacts: [
      'hadoop-common',
      'hadoop-hdfs',
      'hadoop-hdfs-client',
      'hadoop-yarn-server-resourcemanager',
      'hadoop-yarn-server-nodemanager',
      'hadoop-yarn-client',
      // Without it a NodeManager ends with NoClassDefFoundError TimelineCollectorManager.
      'hadoop-yarn-server-timelineservice',
      'hadoop-mapreduce-client-shuffle',
    ].map(hadoop),
    // Two bindings of one logging interface; the other one (reload4j) stays.
    without: [/^log4j-1\.2/, /^slf4j-log4j12/],
  },
  { name: SPARK, from: 'pypi', requirement: 'pyspark==3.5.6' },
  {
    name: ALLUXIO,
    from: 'maven',
    artifacts: [
      ...[
        'alluxio-core-server-master',
        'alluxio-core-server-worker',
        'alluxio-core-client-fs',
        'alluxio-underfs-local',
        'alluxio-shell',
      ].map(alluxio),
      // The web services answer 500 without it.
      'org.glassfish.jersey.media:jersey-media-json-jackson:2.34',
    ],
    without: [/^log4j-slf4j-impl/],
  },
];
