import type { ClockKeeper } from './kernel-clock.ts';
import type { OomKill, OomReport } from './kernel-facts.ts';
import {
  type ConstraintMessage,
  type KilledMessage,
  readChoice,
  readConstraint,
  readInvoker,
  readKilled,
  readLimitSentence,
} from './oom-messages.ts';
import {
  finishReport,
  fitsReport,
  isNear,
  noteInvokerPid,
  notePageSize,
  type OomLine,
  type OpenReport,
  openReport,
  readReportPart,
} from './oom-report.ts';
import { readMemInfo } from './oom-zones.ts';

/** Puts the lines of OOM dumps together, each line by its own shape, so that foreign lines in between do no harm. */
export interface OomAssembly {
  /** Takes a line; true when it belonged to an OOM dump. */
  take(line: OomLine): boolean;
  finish(): { kills: OomKill[]; killless: OomReport[]; leftOut: number };
}

/** A decision line (`oom-kill:…`) waits this many lines for its kill line; then it stands for the kill itself. */
const WAIT_LINES = 200;
/** A group announced for killing as a whole (`memory.oom.group`) has its kill lines right behind. */
const GROUP_LINES = 2_000;
const MAX_KILLS = 5_000;

interface Decision {
  message: ConstraintMessage;
  line: OomLine;
  order: number;
  report: OpenReport | null;
}

/** Lines that announce a kill, waiting for its `Killed process` line. */
interface Announced {
  decision: Decision | null;
  sentence: { taskMemcg: string; oomMemcg: string; line: OomLine } | null;
  choice: { pid: number; prefix: OomKill['prefix']; score: number; line: OomLine } | null;
  wholeGroup: { group: string; order: number } | null;
}

/** @param clock gets every fact so that times can be set when the whole log is known */
export function assembleOom(clock: ClockKeeper): OomAssembly {
  const kills: OomKill[] = [];
  const reports: OpenReport[] = [];
  const announced: Announced = { decision: null, sentence: null, choice: null, wholeGroup: null };
  let current: OpenReport | null = null;
  let order = 0;
  let leftOut = 0;

  function open(line: OomLine): OpenReport {
    const opened = openReport(line);
    clock.later(opened.report, line.wallMs);
    reports.push(opened);
    current = opened;
    return opened;
  }

  /** The dump a line belongs to: the open one when it is recent and has not ended in a kill, else a headless new one. */
  function reportFor(line: OomLine): OpenReport {
    return current && current.kills === 0 && isNear(current, line) ? current : open(line);
  }

  function recentReport(line: OomLine): OpenReport | null {
    return current && isNear(current, line) ? current : null;
  }

  function takeHeader(line: OomLine): boolean {
    const invoker = readInvoker(line.body);
    if (!invoker) return false;
    releaseDecision();
    open(line).report.invoker = { ...invoker, pid: null, quote: line.quote };
    announced.sentence = null;
    announced.choice = null;
    return true;
  }

  function takePart(line: OomLine): boolean {
    const part = readReportPart(line, current);
    if (part) part(reportFor(line));
    return part !== null;
  }

  function takeAnnouncement(line: OomLine): boolean {
    const message = readConstraint(line.body);
    if (message) {
      releaseDecision();
      announced.decision = { message, line, order, report: recentReport(line) };
      return true;
    }
    const limit = readLimitSentence(line.body);
    if (limit) {
      announced.sentence = { ...limit, line };
      reportFor(line).report.group ??= limit.oomMemcg;
      return true;
    }
    const group = /^Tasks in (.{1,1000}) are going to be killed due to memory\.oom\.group set/.exec(line.body);
    if (group) announced.wholeGroup = { group: group[1] ?? '', order };
    const choice = readChoice(line.body);
    if (choice) announced.choice = { ...choice, line };
    return group !== null || choice !== null;
  }

  function takeKill(line: OomLine): boolean {
    const message = readKilled(line.body);
    if (!message) return false;
    if (kills.length < MAX_KILLS) addKill(message, line);
    else {
      leftOut += 1;
      announced.decision = null;
    }
    return true;
  }

  function addKill(message: KilledMessage, line: OomLine): void {
    const decided = announced.decision?.message.pid === message.pid ? announced.decision : null;
    const opened = decided?.report ?? recentReport(line);
    const kill = killOf(message, line, { ...announced, decision: decided }, order);
    if (opened && fitsReport(opened.report, kill.oomMemcg, message)) {
      kill.report = opened.report;
      kill.ownReport = opened.kills === 0;
      opened.kills += 1;
      notePageSize(opened, message);
    }
    clock.later(kill, line.wallMs);
    kills.push(kill);
    if (decided) announced.decision = null;
    announced.sentence = null;
    announced.choice = null;
  }

  /** A decision whose kill line is missing (rate limited, or only that line was pasted) is a kill all the same. */
  function releaseDecision(): void {
    const { decision } = announced;
    if (!decision) return;
    announced.decision = null;
    if (kills.length >= MAX_KILLS) {
      leftOut += 1;
      return;
    }
    const kill = killOfDecision(decision);
    if (decision.report) decision.report.kills += 1;
    clock.later(kill, decision.line.wallMs);
    kills.push(kill);
  }

  function takeReaper(line: OomLine): boolean {
    const reaped = /^oom_reaper: reaped process (\d{1,10}) /.exec(line.body);
    const kill = reaped ? kills.findLast((entry) => entry.pid === Number(reaped[1])) : undefined;
    if (kill) kill.reaped = true;
    return reaped !== null;
  }

  return {
    take(line) {
      order += 1;
      if (announced.decision && order - announced.decision.order > WAIT_LINES) releaseDecision();
      const taken =
        takeHeader(line) ||
        takeKill(line) ||
        takeAnnouncement(line) ||
        takePart(line) ||
        takeReaper(line) ||
        readMemInfo(line, current?.kills === 0 ? current.report : null);
      if (!taken && current) noteInvokerPid(line.body, current.report);
      return taken;
    },
    finish() {
      releaseDecision();
      for (const opened of reports) finishReport(opened);
      const unended = reports.filter((opened) => opened.kills === 0 && opened.report.invoker);
      const dropped = reports.reduce((sum, opened) => sum + opened.leftOut, leftOut);
      return { kills, killless: unended.map((opened) => opened.report), leftOut: dropped };
    },
  };
}

function killOf(message: KilledMessage, line: OomLine, announced: Announced, order: number): OomKill {
  const { decision, choice, wholeGroup } = announced;
  const sentence = decision ? null : announced.sentence;
  const prefix = message.prefix ?? choice?.prefix ?? null;
  return {
    at: null,
    stampSeconds: line.stampSeconds,
    host: line.host,
    ...message,
    prefix,
    comm: decision?.message.comm || message.comm,
    constraint: decision?.message.constraint ?? (sentence ? 'memcg' : null),
    globalOom: decision?.message.globalOom ?? prefix === 'global',
    oomMemcg: decision?.message.oomMemcg ?? sentence?.oomMemcg ?? null,
    taskMemcg: decision?.message.taskMemcg ?? sentence?.taskMemcg ?? null,
    wholeGroup: wholeGroup && order - wholeGroup.order < GROUP_LINES ? wholeGroup.group : null,
    score: choice?.pid === message.pid ? choice.score : null,
    reaped: false,
    report: null,
    ownReport: false,
    quotes: {
      killed: line.quote,
      ...(decision ? { constraint: decision.line.quote } : {}),
      ...(sentence ? { group: sentence.line.quote } : {}),
      ...(choice ? { choice: choice.line.quote } : {}),
    },
  };
}

function killOfDecision({ message, line, report }: Decision): OomKill {
  return {
    at: null,
    stampSeconds: line.stampSeconds,
    host: line.host,
    ...message,
    prefix: message.globalOom ? 'global' : 'memcg',
    totalVmBytes: null,
    anonRssBytes: null,
    fileRssBytes: null,
    shmemRssBytes: null,
    pgtablesBytes: null,
    oomScoreAdj: null,
    wholeGroup: null,
    score: null,
    reaped: false,
    report: report?.report ?? null,
    ownReport: report?.kills === 0,
    quotes: { constraint: line.quote },
  };
}
