import type { ExceptionLink } from '../../evidence/text-record.ts';

/** Packages of the language and its runtime: they are called, they do not decide. */
const LANGUAGE = /^(?:java|javax|jdk|sun|scala|kotlin|groovy|com\.sun)\./;

/** Engines and the libraries that they themselves call: a fault that begins here is not shown to be the job's. */
const ENGINE =
  /^(?:org\.apache\.|org\.sparkproject\.|org\.spark_project\.|org\.apache\.celeborn\.|io\.netty\.|io\.delta\.|io\.grpc\.|io\.glutenproject\.|alluxio\.|akka\.|py4j\.|com\.databricks\.|com\.amazonaws\.|software\.amazon\.|com\.aliyun\.|com\.qcloud\.|com\.google\.cloud\.|com\.esotericsoftware\.|org\.codehaus\.janino\.|net\.jpountz\.|org\.xerial\.|com\.github\.luben\.|org\.eclipse\.jetty\.|org\.datanucleus\.|com\.fasterxml\.jackson\.)/;

/** Plain libraries: a fault inside of one is blamed on whoever called it. */
const LIBRARY =
  /^(?:com\.google\.|com\.mysql\.|org\.postgresql\.|oracle\.|com\.microsoft\.|org\.mongodb\.|com\.mongodb\.|redis\.|org\.elasticsearch\.|co\.elastic\.|com\.zaxxer\.|okhttp3\.|okio\.|com\.squareup\.|org\.springframework\.|reactor\.|org\.json\.|org\.slf4j\.|ch\.qos\.|com\.fasterxml\.|com\.alibaba\.fastjson|com\.alibaba\.druid|org\.yaml\.|org\.joda\.|ru\.yandex\.|com\.clickhouse\.|io\.lettuce\.|cn\.hutool\.|shaded\.|javassist\.|net\.sf\.cglib\.)/;

/** `at java.base/java.util.X.y(X.java:1)` without the word and the module. */
function nameOf(frame: string): string {
  return frame.replace(/^at /, '').replace(/^(?:[\w.@-]{1,80}\/\/?){1,2}/, '');
}

/**
 * The first frame of an exception that lies in the job's own code, reached from the thrower through the language and plain
 * libraries only. `undefined` when an engine's frame comes first: then the engine threw it.
 */
export function ownFrame(link: ExceptionLink): string | undefined {
  for (const frame of link.frames) {
    const name = nameOf(frame);
    if (LANGUAGE.test(name) || LIBRARY.test(name)) continue;
    if (ENGINE.test(name)) return undefined;
    if (/^[\w$.<>]{3,300}\(/.test(name)) return name;
  }
  return undefined;
}
