import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Finding } from '../../tools/evidence/finding.ts';

/** One thing that would decide, and the exact command or place to get it. */
export interface Need {
  what: Bilingual;
  how: Bilingual;
}

/** What is known of the case when it does not decide. */
export interface OpenCase {
  /** Findings in scope, symptoms among them. */
  findings: readonly Finding[];
  applicationId: string | null;
  host: string | null;
  containerId: string | null;
  podName: string | null;
  /** Around when it happened, `HH:MM` in UTC, when known. */
  clock: string | null;
  aboutSlowness: boolean;
  /** The id asked about, when nothing that could be read knows it. */
  unknownId: string | null;
  /** Several runs could be meant. */
  ambiguous: boolean;
  /** There was nothing to read at all. */
  readNothing: boolean;
  /** Text was pasted or attached. */
  hasText: boolean;
  /** Words of the question and of pasted text, lower case, for the layer it is about. */
  words: string;
}

/** What would decide an open case, the most telling first; at most four. */
export function neededEvidence(open: OpenCase): Need[] {
  if (open.ambiguous) return [WHICH_RUN];
  const needs = [
    ...(open.unknownId === null ? [] : [whereItRan(open.unknownId), EVENT_LOG]),
    ...(open.readNothing ? [SOMETHING_TO_READ] : []),
    ...lostProcess(open),
    ...slowness(open),
    ...byLayer(open),
    ...(open.hasText ? [] : [wholeLog(open)]),
    ...anyFailure(open),
  ];
  const seen = new Set<string>();
  return needs.filter((need) => !seen.has(need.what.en) && seen.add(need.what.en)).slice(0, 4);
}

const WHICH_RUN: Need = {
  what: { en: 'which run is meant', zh: '指的是哪一次运行' },
  how: {
    en: 'ask again with its application id, or with the job and its time',
    zh: '请带上应用 id，或作业名和时间再问一次',
  },
};

const EVENT_LOG: Need = {
  what: { en: 'its event log', zh: '它的事件日志（event log）' },
  how: {
    en: 'wherefore ask "…" --event-log PATH (spark.eventLog.dir names the folder)',
    zh: 'wherefore ask "…" --event-log 路径（目录见 spark.eventLog.dir）',
  },
};

const SOMETHING_TO_READ: Need = {
  what: { en: 'something to read', zh: '可以读取的材料' },
  how: {
    en: '--event-log PATH, --attach FILE or --from CAPTURE; or name the platform in .env (wherefore doctor checks it)',
    zh: '--event-log 路径、--attach 文件或 --from 录制目录；或在 .env 里配置平台（用 wherefore doctor 检查）',
  },
};

function whereItRan(id: string): Need {
  return {
    what: { en: 'whether the id is right, and which cluster it ran on', zh: 'id 是否正确，以及它在哪个集群上运行' },
    how: { en: `yarn application -status ${id}`, zh: `yarn application -status ${id}` },
  };
}

const LOST = ['executor_lost', 'container_exited', 'process_killed', 'process_crashed', 'heartbeat_late'];

/** A process is gone and nothing says who ended it. */
function lostProcess(open: OpenCase): Need[] {
  const lost = open.findings.some((finding) => LOST.includes(finding.symptom ?? ''));
  const spoken =
    /exit code|code 1(?:37|43)|oom|killed|lost executor|executor.{0,20}lost|heartbeat|被杀|丢失|挂了|心跳/.test(
      open.words,
    );
  if (!lost && !spoken) return [];
  if (open.podName !== null || /\bk8s\b|kubernetes|\bpods?\b|容器组/.test(open.words))
    return [podStatus(open), kernelLog(open), ownLog(open)];
  // A standalone cluster and local mode have no NodeManager and no collected logs (ids of Spark's own masters, 1.x-4.x).
  if (open.applicationId?.startsWith('local-')) return [kernelLog(open)];
  if (open.applicationId?.startsWith('app-')) return [workerLog(open.applicationId, open.host), kernelLog(open)];
  return [nodeManagerLog(open), kernelLog(open), ownLog(open)];
}

function workerLog(applicationId: string, host: string | null): Need {
  return {
    what: {
      en: `the Worker's log of ${host ?? 'the host it ran on'} and the executor's stderr beside it, to their last lines`,
      zh: `${host ?? '它所在主机'} 的 Worker 日志和旁边 executor 的 stderr，到最后一行`,
    },
    how: {
      en: `on that host: $SPARK_HOME/logs/*Worker*.out and work/${applicationId}/<executor>/stderr; attach them`,
      zh: `在该主机上：$SPARK_HOME/logs/*Worker*.out 和 work/${applicationId}/<executor>/stderr；请附上`,
    },
  };
}

function nodeManagerLog(open: OpenCase): Need {
  const host = open.host ?? { en: 'the host it ran on', zh: '它所在的主机' };
  const name = (language: 'en' | 'zh') => (typeof host === 'string' ? host : host[language]);
  const at = open.clock ? ` (${open.clock} UTC ± 2 min)` : '';
  const container = open.containerId ?? 'container_…';
  return {
    what: { en: `the NodeManager log of ${name('en')}${at}`, zh: `${name('zh')} 的 NodeManager 日志${at}` },
    how: {
      en: `ask the platform team; its verdict for the container: yarn container -status ${container}`,
      zh: `请平台同学提供；它对该容器的结论：yarn container -status ${container}`,
    },
  };
}

function kernelLog(open: OpenCase): Need {
  const host = open.host;
  return {
    what: {
      en: host ? `the kernel log of ${host}` : 'the kernel log of that host',
      zh: host ? `${host} 的内核日志` : '该主机的内核日志',
    },
    how: {
      en: "dmesg -T | grep -iE -B60 'killed process' (the proof stands before that line)",
      zh: "dmesg -T | grep -iE -B60 'killed process'（证据在这一行之前）",
    },
  };
}

function podStatus(open: OpenCase): Need {
  const pod = open.podName ?? '<pod>';
  return {
    what: { en: 'the pod’s last state with its reason and exit code', zh: 'Pod 的上一次状态，含 reason 和退出码' },
    how: {
      en: `kubectl get pod ${pod} -o json (status.containerStatuses[].lastState), kubectl describe pod ${pod}`,
      zh: `kubectl get pod ${pod} -o json（看 status.containerStatuses[].lastState），kubectl describe pod ${pod}`,
    },
  };
}

function ownLog(open: OpenCase): Need {
  const command = yarnLogs(open, open.containerId ? ` -containerId ${open.containerId}` : '');
  return {
    what: {
      en: 'the own log of the process that went away, to its last line',
      zh: '消失的那个进程自己的日志，到最后一行',
    },
    how: {
      en: `${command} > app.log, then attach app.log`,
      zh: `${command} > app.log，然后附上 app.log`,
    },
  };
}

function slowness(open: OpenCase): Need[] {
  if (!open.aboutSlowness) return [];
  return [
    {
      what: { en: 'the event log of the slow run and of a usual one', zh: '慢的那次和平时一次的事件日志（event log）' },
      how: {
        en: 'wherefore ask "…" --event-log SLOW --compare-with USUAL (spark.eventLog.dir names the folder)',
        zh: 'wherefore ask "…" --event-log 慢的 --compare-with 平时的（目录见 spark.eventLog.dir）',
      },
    },
  ];
}

function byLayer(open: OpenCase): Need[] {
  const needs: Need[] = [];
  if (/flink|taskmanager|checkpoint/.test(open.words)) {
    needs.push({
      what: {
        en: 'the exception history and the .out file of the TaskManager that went first',
        zh: '最先出事的 TaskManager 的 .out 文件和异常历史',
      },
      how: {
        en: 'GET /jobs/<id>/exceptions (the oldest entry), and the TaskManager’s .out beside its log',
        zh: 'GET /jobs/<id>/exceptions（看最早的一条），以及 TaskManager 日志旁的 .out',
      },
    });
  }
  if (/airflow|\bdags?\b|zombie (?:job|task)|schedulerjob/.test(open.words)) {
    needs.push({
      what: {
        en: 'the scheduler’s log and health at that time, and the worker’s log',
        zh: '当时调度器的日志和健康状态，以及 worker 的日志',
      },
      how: {
        en: 'GET /health (read the body), the lines around "heartbeat" of that task in the scheduler log',
        zh: 'GET /health（看正文），调度器日志中该任务 heartbeat 附近的行',
      },
    });
  }
  if (/alluxio|fuse|fluid|mount/.test(open.words)) {
    needs.push({
      what: {
        en: 'fuse.log and fuse.out to their last line, and the pod’s last state',
        zh: 'fuse.log 和 fuse.out 到最后一行，以及 Pod 的上一次状态',
      },
      how: {
        en: 'kubectl describe pod <fuse pod>; kubectl logs --previous <fuse pod>; hs_err_pid*.log if there is one',
        zh: 'kubectl describe pod <fuse pod>;kubectl logs --previous <fuse pod>；如有 hs_err_pid*.log 也请附上',
      },
    });
  }
  return needs;
}

function wholeLog(open: OpenCase): Need {
  const what = { en: 'the driver’s log with the first error, as text', zh: '驱动端日志，含第一个错误，要文本' };
  // Only YARN collects logs; of other masters the driver's own output is all there is.
  if (open.applicationId !== null && !open.applicationId.startsWith('application_')) {
    return {
      what,
      how: {
        en: 'the console output of spark-submit; attach it with --attach',
        zh: 'spark-submit 的控制台输出；用 --attach 附上',
      },
    };
  }
  const command = yarnLogs(open, ' -log_files stderr');
  return {
    what,
    how: {
      en: `${command}, or the console output of spark-submit; attach it with --attach`,
      zh: `${command}，或 spark-submit 的控制台输出；用 --attach 附上`,
    },
  };
}

function yarnLogs(open: OpenCase, more: string): string {
  const known = open.applicationId?.startsWith('application_') ? open.applicationId : 'application_…';
  return `yarn logs -applicationId ${known}${more}`;
}

function anyFailure(open: OpenCase): Need[] {
  const application = open.applicationId;
  return [
    {
      what: {
        en: 'the whole text around the first error, with its Caused by lines',
        zh: '第一个错误前后的完整文本，含 Caused by',
      },
      how: {
        en: 'from 50 lines before the first ERROR to the end of its last "Caused by"; attach it with --attach',
        zh: '从第一个 ERROR 之前 50 行，到最后一个 "Caused by" 结束；用 --attach 附上',
      },
    },
    ...(application === null
      ? [
          {
            what: { en: 'the application’s id', zh: '应用的 id' },
            how: {
              en: 'yarn application -list -appStates ALL | grep <job name>, or the tracking URL in the client’s output',
              zh: 'yarn application -list -appStates ALL | grep <作业名>，或客户端输出里的跟踪链接',
            },
          },
        ]
      : []),
  ];
}
