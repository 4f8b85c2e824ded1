// Loaded before the trial authority: a desktop that was killed must not leave an authority behind.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
