// Clocks in a worker of its own: browsers slow the clocks of hidden tabs down to one tick a minute, and an agent who
// reads another tab is still there, and still wants to hear who comes.

const BEAT_MS = 20000;
const LOOK_MS = 5000;

setInterval(() => postMessage("beat"), BEAT_MS);
setInterval(() => postMessage("look"), LOOK_MS);
