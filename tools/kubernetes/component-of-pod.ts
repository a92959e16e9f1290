import type { PodComponent } from './kubernetes-state.ts';

/**
 * What runs in a pod, by labels: Spark 2.3 and later (`spark-role`), Flink 1.10 and its operator (`component`), the charts of Celeborn
 * and Alluxio, Fluid 0.6 and later (`release`, `role`). Null for any other pod: a name proves nothing.
 */
export function componentOfPod(labels: Readonly<Record<string, unknown>>): PodComponent | null {
  const of = (...keys: string[]) => keys.map((key) => textOf(labels, key)).find((text) => text !== '') ?? null;
  const sparkRole = textOf(labels, 'spark-role');
  if (/^(?:driver|executor)$/.test(sparkRole)) {
    return { engine: 'spark', role: sparkRole, of: of('spark-app-selector', 'sparkoperator.k8s.io/app-name') };
  }
  const fluid = /^(alluxio|juicefs|jindofs|jindo)-(master|worker|fuse)$/.exec(textOf(labels, 'role'));
  if (fluid) {
    const engine = fluid[1] === 'jindofs' ? 'jindo' : (fluid[1] as PodComponent['engine']);
    return { engine, role: fluid[2] ?? '', of: of('release', 'fluid.io/dataset') };
  }
  const flinkRole = textOf(labels, 'component');
  if (/^(?:jobmanager|taskmanager)$/.test(flinkRole)) return { engine: 'flink', role: flinkRole, of: of('app') };
  const chart = of('app.kubernetes.io/name', 'app') ?? '';
  const role = of('app.kubernetes.io/role', 'app.kubernetes.io/component', 'role', 'component') ?? '';
  const engine = /^(?:celeborn|alluxio)$/.exec(chart)?.[0] as 'celeborn' | 'alluxio' | undefined;
  const plain = /(master|worker|fuse)$/.exec(role)?.[1];
  if (engine && plain) return { engine, role: plain, of: of('app.kubernetes.io/instance', 'release') };
  return null;
}

function textOf(labels: Readonly<Record<string, unknown>>, key: string): string {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return typeof value === 'string' ? value.slice(0, 253) : '';
}
