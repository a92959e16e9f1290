/**
 * What the Java runtime itself prints to a process's streams, past any logger: HotSpot's option errors, out-of-memory
 * statements, crash banners and warnings (share/runtime/arguments.cpp, share/utilities/debug.cpp, share/utilities/vmError.cpp of
 * JDK 8 to 21), and OpenJ9's `JVM…` codes.
 */
const JVM_PRINTS: readonly RegExp[] = [
  /^java\.lang\.OutOfMemoryError(?:: |$)/,
  /^Exception in thread "[^"]{0,240}" java\.lang\.OutOfMemoryError/,
  /^Exception: java\.lang\.OutOfMemoryError thrown from the UncaughtExceptionHandler in thread/,
  /^Exception java\.lang\.OutOfMemoryError/,
  /^(?:Terminating|Aborting) due to java\.lang\.OutOfMemoryError/,
  /^#\s{0,4}(?:java\.lang\.OutOfMemoryError|-XX:OnOutOfMemoryError|A fatal error has been detected|There is insufficient memory|Native memory allocation|SIG[A-Z]{2,5} \(0x|JRE version:|Java VM:|Problematic frame|Executing |Out of Memory Error|Internal Error)/,
  /^Dumping heap to .{1,400}/,
  /^Heap dump file created/,
  /^Unable to create .{1,400}: .{1,200}$/,
  /^(?:OpenJDK|Java HotSpot\(TM\)|Eclipse OpenJ9) .{0,60}(?:warning|VM|Error):? /,
  /^Error: (?:VM option|Could not create the Java Virtual Machine|A fatal exception has occurred|The unlock option|A JNI error|Could not find or load main class|Invalid or corrupt jarfile|Unable to access jarfile|Main method not found|LinkageError)/,
  /^Error occurred during initialization of (?:VM|boot layer)/,
  /^(?:Unrecognized (?:VM )?option|Invalid (?:maximum|initial|minimum|thread|young|new|code|argument)|Improperly specified VM option|Conflicting collector|Unexpected \+\/- setting|Missing \+\/- setting|Could not reserve enough space|Too small (?:maximum|initial|heap)|Initial heap size set to|Incompatible (?:minimum|initial)|Did you mean|Unable to allocate|MaxDirectMemorySize)/,
  /^(?:Picked up (?:JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS): |NOTE: Picked up )/,
  /^JVM(?:DUMP|J9|GC)\w{2,12}[EWI] /,
  /^Full thread dump (?:OpenJDK|Java HotSpot|Eclipse)/,
];

/** True for a line that the Java runtime itself prints (its logger-less statements, not the records of `[level][tag]`). */
export function isJvmPrint(line: string): boolean {
  const cut = line.length > 1024 ? line.slice(0, 1024) : line;
  return JVM_PRINTS.some((pattern) => pattern.test(cut.trimEnd()));
}
