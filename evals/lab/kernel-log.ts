/** A report of the kernel about memory begins and ends with these. */
const REPORT_BEGINS = /invoked oom-killer/;
const REPORT_ENDS = /Killed process|oom_reaper: reaped/;

/**
 * What of a kernel log (lines of `dmesg`) belongs to a host of the lab: the kernel is the machine's, and others run on it too. Reports of
 * the memory killer are kept or left out whole, every other line by itself; nothing of before `sinceSeconds` after boot is.
 *
 * @param belongs a line that names the host's control groups or devices
 */
export function kernelLogOf(text: string, sinceSeconds: number, belongs: (line: string) => boolean): string {
  const kept: string[] = [];
  let report: string[] | null = null;
  const close = () => {
    if (report?.some(belongs)) kept.push(...report);
    report = null;
  };
  for (const line of text.split('\n')) {
    const seconds = Number(/^\[\s*(\d+\.\d+)\]/.exec(line)?.[1] ?? Number.NaN);
    if (!(seconds >= sinceSeconds)) continue;
    if (REPORT_BEGINS.test(line)) {
      close();
      report = [];
    }
    if (report) {
      report.push(line);
      if (REPORT_ENDS.test(line)) close();
    } else if (belongs(line)) kept.push(line);
  }
  close();
  return kept.map((line) => `${line}\n`).join('');
}
