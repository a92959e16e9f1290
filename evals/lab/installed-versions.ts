import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import path from 'node:path';
import type { Layer } from './daemons.ts';
import type { LabFolder } from './lab-folder.ts';
import { ALLUXIO, HADOOP, SPARK } from './packages.ts';
import { runTool } from './run-tool.ts';

/** Versions of what ran, as it lies here, not as the plan says: of jars, of packages, and of the system's own programs. */
export function installedVersions(folder: LabFolder, layers: readonly Layer[]): Record<string, string> {
  const jar = (set: string, name: string) => versionOfJar(path.join(folder.packages, set), name);
  const told = (tool: string, parameters: string[]) => {
    const text = runTool('sh', ['-c', '"$0" "$@" 2>&1', tool, ...parameters], { why: 'its version' });
    return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? 'unknown';
  };
  return {
    ...(layers.includes('hadoop') ? { hadoop: jar(HADOOP, 'hadoop-common') } : {}),
    ...(layers.includes('history') || layers.includes('standalone')
      ? { spark: sparkVersion(path.join(folder.packages, SPARK)) }
      : {}),
    ...(layers.includes('alluxio') ? { alluxio: jar(ALLUXIO, 'alluxio-core-common') } : {}),
    ...(layers.includes('prometheus') ? { prometheus: told('prometheus', ['--version']) } : {}),
    java: told('java', ['-version']),
    kernel: /^[\d.]+/.exec(release())?.[0] ?? release(),
  };
}

function versionOfJar(folder: string, name: string): string {
  const found = readdirSync(folder).find(
    (file) => file.startsWith(`${name}-`) && /^\d/.test(file.slice(name.length + 1)),
  );
  return found?.slice(name.length + 1, -'.jar'.length) ?? 'unknown';
}

function sparkVersion(folder: string): string {
  const file = path.join(folder, 'pyspark', 'version.py');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /__version__[^"'\n]{0,10}=\s*["']([^"']+)/.exec(text)?.[1] ?? 'unknown';
}
