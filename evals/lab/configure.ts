import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LabFolder } from './lab-folder.ts';
import type { Settings } from './lab-incident.ts';

/** Changes settings in a file of a host's Hadoop configuration; those that it has not yet are added. */
export function configure(folder: LabFolder, host: string, file: string, settings: Settings): void {
  const target = path.join(folder.configuration, host, 'hadoop', file);
  writeFileSync(target, withSettings(readFileSync(target, 'utf8'), settings));
}

/** A configuration file (XML of Hadoop, or `name=value` lines) with settings changed or added. */
export function withSettings(text: string, settings: Settings): string {
  const xml = text.startsWith('<configuration>');
  return Object.entries(settings).reduce((before, [name, value]) => {
    const line = xml ? `  <property><name>${name}</name><value>${value}</value></property>` : `${name}=${value}`;
    const begins = xml ? `  <property><name>${name}</name>` : `${name}=`;
    const lines = before.split('\n');
    const at = lines.findIndex((one) => one.startsWith(begins));
    if (at !== -1) return lines.with(at, line).join('\n');
    const end = xml ? lines.indexOf('</configuration>') : lines.length - 1;
    return lines.toSpliced(end, 0, line).join('\n');
  }, text);
}
