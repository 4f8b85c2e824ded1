// Loaded before a program of the trial: a desktop that was killed must not leave an authority or a portal behind.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
