/** The clause suspects: it asks, guesses, blames or asks for a remedy that implies a cause. */
export const SUSPECTS =
  /\b(?:maybe|perhaps|probably|possibly|i (?:think|believe|guess|suspect|assume|bet)|we (?:think|believe|guess|suspect|assume)|looks? like|seems?|sounds? like|must be|could (?:it )?be|might be|is it|was it|are we|blame\w*|due to|caused? by|because of|again|broken|flaky|please|pls|should (?:we|i)|can (?:we|you|i)|just (?:boost|raise|give|increase)|needs?|boost|switch off|turn off|disable|raise|increase|enlarge|extend)\b|怀疑|可能|应该是|估计|感觉|觉得|大概是|难道|导致|引起|造成|原因|因为|求|帮忙?(?:调|加|扩|关)|麻烦(?:调|加|扩|关)|能不能(?:调|加|扩|关)|又/i;

/** The clause denies: outside the named thing itself it says no, or that all is well. */
export const DENIES =
  /\b(?:no|not|never|none|cannot|can'?t|isn'?t|wasn'?t|aren'?t|weren'?t|doesn'?t|didn'?t|don'?t|nothing|nobody|neither|nor|unlikely|rule[sd]? out|plenty|fine|healthy|normal|normal-ish|idle|okay|green|only half|half used|is free)\b|\bonly \d{1,3} ?%|\bshows? only \d|没(?!准)|(?<!是)不是(?!吗)|不会是?(?!.{0,12}吧)|并非|(?<!是不)正常|空闲|空着|很低|健康|无关/i;

/** Negations that complain and deny nothing: `does not decrease`. */
export const COMPLAINTS =
  /\b(?:does|do|did|is|are|was|were|has|have|will|would|can|could|wo|ca)(?: not|n'?t) (?:even )?(?:decreas\w*|go(?:ing)? down|shrink\w*|drop\w*|releas\w*|freed?|return\w*|work\w*|help\w*|start\w*|run\b|submit\w*|launch\w*|finish\w*|enough)|\bnot enough|\b(?:can'?t|cannot|could ?n'?t|could not|not able to) (?:reach|connect|find|get|read|write|open|resolve|see|access|load)|没(?:有)?(?:释放|下降|回落)|不(?:释放|下降|够|稳定)/gi;

/** What was tried and did not help is no theory: `I changed X but it didn't help`. */
export const FUTILE =
  /\b(?:did(?: not|n'?t) (?:help|work|change)|no (?:effect|change|difference)|same (?:error|result|problem)|but (?:the )?same)\b|没用|没效果|还是一样|没有?变化/i;

/** `That cannot make it slower, right?` denies what was said before it. */
export const DENYING_ANAPHOR =
  /\b(?:that|this|it|which) (?:can'?t|cannot|can not|should ?n[o']t|should not|won'?t|does ?n'?t|does not|could ?n'?t|could not) (?:make|cause|explain|slow|affect|matter|hurt)\b|(?:这个|这|应该)\s?不会(?:影响|变慢|有关|导致)/i;

/** Negations that ask: `isn't it GC?`, `不会是网络吧`. */
export const ASKING_NEGATION =
  /^\s*(?:isn'?t|wasn'?t|aren'?t|couldn'?t|can'?t) (?:it|this|that|the|we)\b|is it not\b|why (?:not|no)\b|不会是?.{0,20}吧|不是.{0,20}吗|难道不是/i;
