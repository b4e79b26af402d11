const receivers = /(?:^|\.)_?(?:log|logger|logging|_log|_logger|slog|glog|klog|console|warnings)$/i;
const methods =
  /^(?:trace|debug|info|log|warn|warning|error|exception|critical|fatal|print|printf|println|dir|time|timeEnd|debugf|infof|warnf|errorf)$/i;

/** Whether what is called only tells people what goes on, such as `logger.debug` or `console.log`. */
export function isLogging(called: string): boolean {
  const dot = called.lastIndexOf('.');
  if (dot < 0) return false;
  return receivers.test(called.slice(0, dot)) && methods.test(called.slice(dot + 1));
}
