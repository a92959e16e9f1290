import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LabError } from './lab-error.ts';
import { PACKAGE_SETS, type PackageSet } from './packages.ts';
import { runTool } from './run-tool.ts';

/** Brings every package set into `folder/<name>`. What is there already is not asked for again; half a set is never left. */
export function installPackages(folder: string, say: (line: string) => void): void {
  for (const set of PACKAGE_SETS) {
    const target = path.join(folder, set.name);
    if (existsSync(target)) continue;
    say(`installing ${set.name} (${set.from})`);
    const half = `${target}.half`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    if (set.from === 'pypi') installFromPypi(set, half);
    else installFromMaven(set, half);
    renameSync(half, target);
  }
}

function installFromPypi({ requirement }: Extract<PackageSet, { from: 'pypi' }>, target: string): void {
  runTool('python3', ['-m', 'pip', 'install', '--quiet', '--target', target, requirement], {
    why: `${requirement} from PyPI`,
  });
}

function installFromMaven(set: Extract<PackageSet, { from: 'maven' }>, target: string): void {
  const project = `${target}.project`;
  mkdirSync(project, { recursive: true });
  writeFileSync(path.join(project, 'pom.xml'), pom(set));
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${target}`, '-DincludeScope=runtime'];
  runTool('mvn', ['-q', '-B', '-f', path.join(project, 'pom.xml'), ...goal], { why: `${set.name} from Maven Central` });
  rmSync(project, { recursive: true });
  const jars = readdirSync(target);
  if (jars.length === 0) throw new LabError(`Maven brought no jar for ${set.name}`);
  for (const jar of jars.filter((name) => set.without.some((pattern) => pattern.test(name)))) {
    rmSync(path.join(target, jar));
  }
}

function pom({ name, artifacts }: Extract<PackageSet, { from: 'maven' }>): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, id, version] = artifact.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`;
  });
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>',
    `<groupId>lab</groupId><artifactId>${name}</artifactId><version>1</version>`,
    `<dependencies>${dependencies.join('\n')}</dependencies></project>`,
  ].join('\n');
}
