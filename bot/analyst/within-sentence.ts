/** Names that keep their capital wherever they stand. */
const NAME = '(?:Python|Java|Spark|Kryo|Kerberos|Kubernetes|Celeborn|Alluxio|Fluid|Airflow|Flink|Kafka|Hadoop|Parquet)';
const ORDINARY_START = new RegExp(`^(?!${NAME}\\b)[A-Z][a-z]*(?![A-Za-z])`);

/** A title of the catalogue as it stands inside a sentence: names and abbreviations keep their capitals. */
export function withinSentence(title: string): string {
  return ORDINARY_START.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
