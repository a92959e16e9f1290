import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONTROL_GROUPS, CONTROLLERS, containersGroup } from './control-groups.ts';
import { type LabFolder, onHost } from './lab-folder.ts';

/** Control files that each new container of a host gets, `<controller>/<file>`, with the value. */
export type ContainerLimits = Readonly<Record<string, string>>;

/** Where a host keeps the limits of new containers; outside of what a capture takes. */
const LIMITS = '/srv/container-limits';

/**
 * A Java home whose `bin/java` enters the control group of the container that it is started for and becomes the real one.
 * The NodeManager hands its own Java home to containers: so every container has its groups without the native executor.
 */
export function writeContainerJava(folder: LabFolder, host: string, realHome: string): string {
  const home = path.join(folder.root, 'container-java', host);
  mkdirSync(path.join(home, 'bin'), { recursive: true });
  const program = path.join(home, 'bin', 'java');
  writeFileSync(program, containerJava(containersGroup(folder, host), realHome));
  chmodSync(program, 0o755);
  return home;
}

/** The text of that program. A process that is no container's becomes Java at once. */
export function containerJava(parent: string, realHome: string): string {
  return [
    '#!/bin/sh',
    `if [ -n "$CONTAINER_ID" ] && [ -d ${CONTROL_GROUPS}/memory/${parent} ]; then`,
    `  for controller in ${CONTROLLERS.join(' ')}; do`,
    `    group=${CONTROL_GROUPS}/$controller/${parent}/$CONTAINER_ID`,
    '    mkdir -p "$group"',
    `    if [ -f ${LIMITS} ]; then`,
    '      while read -r which file value; do',
    '        [ "$which" = "$controller" ] && echo "$value" > "$group/$file"',
    `      done < ${LIMITS}`,
    '    fi',
    '    echo $$ > "$group/cgroup.procs"',
    '  done',
    'fi',
    `exec ${realHome}/bin/java "$@"`,
    '',
  ].join('\n');
}

/** What containers that start on the host from now on are given; null: no limit of their own. */
export function setContainerLimits(folder: LabFolder, host: string, limits: ContainerLimits | null): void {
  const file = onHost(folder, host, LIMITS);
  if (limits === null) {
    if (existsSync(file)) rmSync(file);
    return;
  }
  const lines = Object.entries(limits).map(([name, value]) => `${name.replace('/', ' ')} ${value}\n`);
  writeFileSync(file, lines.join(''));
}
