/** Loaded into Lodge before it starts, with `--expose-gc`: on SIGUSR2 it frees what is no longer used. */
process.on('SIGUSR2', () => globalThis.gc?.());
