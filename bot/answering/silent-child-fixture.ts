// Stands in for a process that answers and never begins: it keeps running and says nothing.
setInterval(() => undefined, 60_000);
process.on('disconnect', () => process.exit(0));
