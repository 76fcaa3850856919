// A clock in a worker of its own: browsers slow the clocks of hidden tabs down to one tick a minute, and an
// agent who reads another tab is still there.

const BEAT_MS = 20000;

setInterval(() => postMessage("beat"), BEAT_MS);
