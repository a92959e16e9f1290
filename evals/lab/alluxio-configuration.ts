import { MASTER } from './hosts.ts';

/** Alluxio's configuration files of a host, by file name. */
export function alluxioConfiguration(host: string): Record<string, string> {
  const properties: Readonly<Record<string, string | number | boolean>> = {
    'alluxio.master.hostname': MASTER,
    // By default they listen on every address, and the second worker finds the port taken.
    'alluxio.master.bind.host': MASTER,
    'alluxio.master.web.bind.host': MASTER,
    'alluxio.worker.bind.host': host,
    'alluxio.worker.web.bind.host': host,
    'alluxio.master.mount.table.root.ufs': '/mnt/datasets',
    'alluxio.master.metastore': 'HEAP',
    'alluxio.master.journal.type': 'UFS',
    'alluxio.master.journal.folder': '/srv/alluxio/journal',
    // Told soon enough for somebody who waits; the default is five minutes.
    'alluxio.master.worker.timeout': '40s',
    'alluxio.master.heartbeat.timeout': '10min',
    'alluxio.worker.hostname': host,
    'alluxio.worker.ramdisk.size': '64MB',
    'alluxio.worker.tieredstore.levels': 1,
    'alluxio.worker.tieredstore.level0.alias': 'SSD',
    'alluxio.worker.tieredstore.level0.dirs.path': '/srv/alluxio/cache',
    'alluxio.worker.tieredstore.level0.dirs.quota': '256MB',
    'alluxio.user.hostname': host,
    'alluxio.user.block.size.bytes.default': '1MB',
    'alluxio.user.file.readtype.default': 'CACHE',
    'alluxio.user.metrics.collection.enabled': true,
    'alluxio.security.authentication.type': 'NOSASL',
    'alluxio.security.authorization.permission.enabled': false,
    'alluxio.user.update.file.accesstime.disabled': true,
    'alluxio.web.ui.enabled': true,
  };
  return {
    'alluxio-site.properties': Object.entries(properties)
      .map(([name, value]) => `${name}=${value}`)
      .concat('')
      .join('\n'),
    'log4j.properties': log4j(),
  };
}

/** The layout of Alluxio 2.9's own configuration. */
const PATTERN = '%d{ISO8601} %-5p [%t](%F:%L) - %m%n';

const ROLES = ['MASTER', 'WORKER', 'USER'] as const;

/** As Alluxio's own: one file for each role in `alluxio.logs.dir`. */
function log4j(): string {
  // The place holders are log4j's, not this program's.
  const place = (name: string) => `\${${name}}`;
  return [
    `log4j.rootLogger=INFO, ${place('alluxio.logger.type')}`,
    ...ROLES.flatMap((role) => [
      `log4j.appender.${role}_LOGGER=org.apache.log4j.RollingFileAppender`,
      `log4j.appender.${role}_LOGGER.File=${place('alluxio.logs.dir')}/${role.toLowerCase()}.log`,
      `log4j.appender.${role}_LOGGER.MaxFileSize=10MB`,
      `log4j.appender.${role}_LOGGER.MaxBackupIndex=2`,
      `log4j.appender.${role}_LOGGER.layout=org.apache.log4j.PatternLayout`,
      `log4j.appender.${role}_LOGGER.layout.ConversionPattern=${PATTERN}`,
    ]),
    '',
  ].join('\n');
}
