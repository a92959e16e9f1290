import { shorten } from '../evidence/shorten.ts';

/** What the output of a process that never came up says about why. */
export type LaunchFault = 'jvm_option' | 'class_version' | 'program_missing' | 'class_missing' | 'memory_unavailable';

const FAULTS: readonly { fault: LaunchFault; pattern: RegExp }[] = [
  // HotSpot's arguments.cpp and java.c, 8 to 21: refusals of options; the last line stands behind each of them.
  {
    fault: 'jvm_option',
    pattern:
      /(?:Unrecognized (?:VM )?option|VM option '[^'\n]{1,100}' is (?:diagnostic|experimental)|Improperly specified VM option|Invalid (?:maximum|initial) heap size|Invalid thread stack size|Initial heap size set to a larger value|Conflicting collector combinations|Multiple garbage collectors selected|Unexpected \+\/- setting in VM option|Missing \+\/- setting for VM option|Could not find agent library|Error opening zip file or JAR manifest missing)[^\n]{0,300}/,
  },
  {
    fault: 'memory_unavailable',
    pattern:
      /(?:Could not reserve enough space for|There is insufficient memory for the Java Runtime|Cannot allocate memory)[^\n]{0,300}/,
  },
  { fault: 'class_version', pattern: /(?:UnsupportedClassVersionError|Unsupported major\.minor version)[^\n]{0,300}/ },
  { fault: 'class_missing', pattern: /Could not find or load main class[^\n]{0,300}/ },
  {
    fault: 'program_missing',
    pattern:
      /[^\n]{0,200}(?:: No such file or directory|: command not found|: Permission denied|error while loading shared libraries)[^\n]{0,200}/,
  },
  { fault: 'jvm_option', pattern: /Could not create the Java Virtual Machine[^\n]{0,200}/ },
];

/** The line of an output that says why the process could not start; `null` when the program itself had begun. */
export function launchFault(output: string): { fault: LaunchFault; line: string } | null {
  const text = output.slice(0, 16_384);
  for (const { fault, pattern } of FAULTS) {
    const hit = pattern.exec(text);
    if (hit) return { fault, line: shorten(hit[0].trim(), 300) };
  }
  return null;
}
