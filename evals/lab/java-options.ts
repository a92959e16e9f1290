/** Packages of Java's own that Hadoop, Spark and Alluxio 2.9 reach into; closed since Java 17. */
const OPEN_PACKAGES = [
  'java.lang',
  'java.lang.invoke',
  'java.lang.reflect',
  'java.io',
  'java.net',
  'java.nio',
  'java.util',
  'java.util.concurrent',
  'java.util.concurrent.atomic',
  'jdk.internal.misc',
  'jdk.internal.loader',
  'sun.nio.ch',
  'sun.nio.cs',
  'sun.security.action',
  'sun.util.calendar',
].map((name) => `java.base/${name}`);

/** Options of every JVM of the lab: reflection allowed, small and quick to start rather than fast. */
export const JAVA_OPTIONS: readonly string[] = [
  ...[...OPEN_PACKAGES, 'java.management/sun.management'].map((name) => `--add-opens=${name}=ALL-UNNAMED`),
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  // By default that of this machine's user, which Alluxio tells in its answers.
  '-Duser.home=/srv',
];
